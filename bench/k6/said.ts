import { scriptError } from '../base/script-error.ts';

/** Iterations that have ended, from k6's line a second: `running (0m01.0s), 00/40 VUs, 20 complete and …`. */
export function iterationsIn(line: string): number | undefined {
  const iterations = /, (\d+) complete and/.exec(line)?.[1];
  return iterations === undefined ? undefined : Number(iterations);
}

/** What a line of k6's log says, for a person; the whole line if it is none. */
export function messageIn(logLine: string): string {
  const quoted = /msg="((?:[^"\\]|\\.)*)"/.exec(logLine)?.[1];
  return quoted === undefined ? logLine : scriptError(quoted.replace(/\\(["\\])/g, '$1'));
}

/** k6's exit code when thresholds of a script were crossed and all else went well. */
export const thresholdsCrossed = 99;

/** The metrics of `thresholds on metrics 'http_req_duration{…}, checks{…}' have been crossed`, in a log. */
export function crossedIn(log: string): string[] {
  const list = /thresholds on metrics '(.*?)' (?:have been|were) crossed/.exec(log)?.[1] ?? '';
  // Commas stand within the braces too.
  return [...list.matchAll(/[^,{\s][^,{]*(?:\{[^}]*\})?/g)].map(([metric]) => metric.trim());
}
