// Measures echo services: one connection that is kept, and one opened every second.
import type { Millis, Seconds } from '../../bench/base/units.ts';
import { measureLink } from '../../bench/providers/local/echo-test.ts';
import { comeFirst } from '../../bench/providers/local/network/come-first.ts';

export interface EchoTask {
  readonly ports: readonly number[];
  readonly seconds: Seconds;
}

export interface EchoReport {
  readonly echoMs: readonly Millis[];
  readonly openMs: readonly Millis[];
}

// The instrument must not wait for the processor either.
comeFirst();

const everyMs: Millis = 20;
const warmUp: Seconds = 3;
process.on('disconnect', () => process.exit());
process.on('message', ({ ports, seconds }: EchoTask) => {
  void Promise.all(ports.map((port) => measure(port, seconds))).then((reports) =>
    process.send?.(reports),
  );
});
process.send?.('ready');

async function measure(port: number, seconds: Seconds): Promise<EchoReport> {
  const opens: Promise<Millis>[] = [];
  const opening = setInterval(() => {
    opens.push(measureLink({ port, n: 0, everyMs }).then(({ openMs }) => openMs));
  }, 1000);
  const { echoMs } = await measureLink({ port, n: (1000 * seconds) / everyMs, everyMs });
  clearInterval(opening);
  return { echoMs: echoMs.slice((1000 * warmUp) / everyMs), openMs: await Promise.all(opens) };
}
