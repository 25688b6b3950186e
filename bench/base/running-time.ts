import type { Millis } from './units.ts';

const tickMs: Millis = 500;

/**
 * Calls back once this process has run for so long: time in which it stood still, as a closed laptop or a paused
 * container does, does not count. Call the result to call it off.
 */
export function afterRunningFor(ms: Millis, callBack: () => void): () => void {
  let leftMs = ms;
  let before = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    leftMs -= Math.min(now - before, 2 * tickMs);
    before = now;
    if (leftMs > 0) return;
    clearInterval(timer);
    callBack();
  }, tickMs);
  return () => {
    clearInterval(timer);
  };
}
