import type { Millis } from '../../../base/units.ts';
import type { LinkReading } from '../../../samples/links.ts';
import type { NetworkReady } from '../network/protocol.ts';
import { openEchoLine } from './echo-line.ts';

/**
 * Probes every link once in `everyMs`, over a connection of its own that stays open, one link after the other so that
 * no two are probed at once. Call the result to end it; nothing is seen after that.
 */
export function watchLinks(
  echoes: NetworkReady['echoes'],
  everyMs: Millis,
  seen: (reading: LinkReading) => void,
): () => void {
  const lines = echoes.map(({ app, from, to, port }) =>
    openEchoLine(port, (atUs, rttMs) => {
      seen({ ...(app === undefined ? {} : { topology: app }), from, to, atUs, rttMs });
    }),
  );
  if (lines.length === 0) return () => undefined;
  let next = 0;
  const probing = setInterval(() => {
    lines[next]?.probe();
    next = (next + 1) % lines.length;
  }, everyMs / lines.length);
  return () => {
    clearInterval(probing);
    for (const line of lines) line.close();
  };
}
