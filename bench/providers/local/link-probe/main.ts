// The link probe: measures the emulated links of a local world by echo, apart from the command, whose work would delay it.
import { BenchError, messageOf } from '../../../base/errors.ts';
import type { LinkReading } from '../../../samples/links.ts';
import { calibrate } from '../calibrate.ts';
import { comeFirst } from '../network/come-first.ts';
import { onePerLink } from '../one-per-link.ts';
import type { ProbeAnswer, ProbeRequest } from './protocol.ts';
import { watchLinks } from './watch-links.ts';

// What it measures must not be its own wait for a processor.
comeFirst();

// The parent died or let go.
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());
// Ctrl-C, and the end of the terminal, reach every process of it; the parent decides when this one ends.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

const tellEveryMs = 1000;

const answer = (message: ProbeAnswer): void => void process.send?.(message);
let links: Extract<ProbeRequest, { type: 'links' }> = {
  ...{ type: 'links', echoes: [], distances: { rtt: {} } },
};
let stop = (): void => undefined;

process.on('message', (request: ProbeRequest) => {
  if (request.type === 'links') links = request;
  else if (request.type === 'watch') stop = watch(request.everyMs);
  else if (request.type === 'unwatch') {
    stop();
    answer({ type: 'unwatched' });
  } else
    calibrate(request.when, links.echoes, links.distances).then(
      (calibration) => {
        answer({ type: 'calibrated', calibration });
      },
      (error: unknown) => {
        const fix = error instanceof BenchError ? error.fix : 'Try again.';
        answer({ type: 'failed', reason: messageOf(error), fix });
      },
    );
});
answer({ type: 'ready' });

function watch(everyMs: number): () => void {
  let readings: LinkReading[] = [];
  const tell = (): void => {
    if (readings.length > 0) answer({ type: 'readings', readings });
    readings = [];
  };
  const end = watchLinks(onePerLink(links.echoes), everyMs, (reading) => {
    readings.push(reading);
  });
  const telling = setInterval(tell, tellEveryMs);
  return () => {
    end();
    clearInterval(telling);
    tell();
    stop = () => undefined;
  };
}
