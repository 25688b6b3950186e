import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { LinkReading } from '../../samples/links.ts';
import { descendantsOf, leftAfter } from '../../test/support/processes.ts';
import { probedEveryMs, startLinkProbe, type LinkProbe } from './link-probe.ts';
import { startNetwork, type Network } from './network.ts';
import { listen } from './network/listen.ts';

const rtt = { 'cdg-ord': 40, 'cdg-syd': 60, 'ord-syd': 20 };

async function started(): Promise<{ network: Network; probe: LinkProbe }> {
  const network = await startNetwork({
    ...{ rtt, rttOf: { slow: { ...rtt, 'cdg-ord': 50 } }, jitterMs: 0, seed: 1 },
    ...{ machines: [], edges: [], tunnels: [] },
    echoes: [
      { from: 'cdg', to: 'ord' },
      { from: 'ord', to: 'cdg' },
      { from: 'syd', to: 'cdg' },
      { app: 'slow', from: 'ord', to: 'cdg' },
    ],
  });
  onTestFinished(() => network.stop());
  const probe = await startLinkProbe(network.ready.echoes, {
    rtt,
    rttOf: { slow: { 'cdg-ord': 50 } },
  });
  onTestFinished(() => probe.stop());
  return { network, probe };
}

const named = ({ topology = '', from, to }: LinkReading): string => `${topology}:${from}-${to}`;

test('probes every link again and again, and nothing is seen after the end', async () => {
  const { probe } = await started();
  const seen: LinkReading[] = [];
  const watch = probe.watch((readings) => seen.push(...readings));
  const wanted = { ':ord-cdg': 40, ':syd-cdg': 60, 'slow:ord-cdg': 50 };
  // Opening a connection takes a round trip more, and is none of the probes: sooner or later all are quicker.
  const isQuick = (name: string, ms: number) =>
    seen.some((reading) => named(reading) === name && (reading.rttMs ?? Infinity) < ms + 30);
  await expect
    .poll(() => Object.entries(wanted).every(([name, ms]) => isQuick(name, ms)))
    .toBe(true);
  await watch.stop();
  const n = seen.length;
  expect(new Set(seen.map(named))).toEqual(new Set(Object.keys(wanted)));
  for (const [name, ms] of Object.entries(wanted)) {
    const trips = seen.filter((reading) => named(reading) === name);
    for (const { rttMs } of trips) expect(rttMs).toBeGreaterThanOrEqual(ms);
    const times = trips.map(({ atUs }) => atUs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  }
  // Another watch on the same probe hears of its own probes only.
  const again: LinkReading[] = [];
  const second = probe.watch((readings) => again.push(...readings));
  await expect.poll(() => again.length).toBeGreaterThan(2);
  await second.stop();
  expect(seen).toHaveLength(n);
});

test('sees that the network stood still, probe by probe', async () => {
  const { network, probe } = await started();
  const seen: LinkReading[] = [];
  const watch = probe.watch((readings) => seen.push(...readings));
  await expect.poll(() => seen.length).toBeGreaterThan(3);
  process.kill(network.pid, 'SIGSTOP');
  const stoppedUs = 1000 * Date.now();
  await new Promise((done) => setTimeout(done, 3000));
  const resumedUs = 1000 * Date.now();
  process.kill(network.pid, 'SIGCONT');
  const during = () => seen.filter(({ atUs }) => atUs >= stoppedUs && atUs < resumedUs - 1_000_000);
  await expect.poll(() => during().length).toBeGreaterThanOrEqual(3);
  await watch.stop();
  for (const { atUs, rttMs } of during())
    expect(rttMs).toBeGreaterThanOrEqual((resumedUs - atUs) / 1000 - 2);
});

test('says of links that are gone that they don’t answer', async () => {
  const { network, probe } = await started();
  const seen: LinkReading[] = [];
  const watch = probe.watch((readings) => seen.push(...readings));
  await expect.poll(() => seen.length).toBeGreaterThan(0);
  await network.stop();
  const lost = () => seen.filter(({ rttMs }) => rttMs === undefined);
  await expect.poll(() => lost().length).toBeGreaterThan(3);
  await watch.stop();
});

test('calibrates while it watches, and says which link breaks', async () => {
  const { probe } = await started();
  const watch = probe.watch(() => undefined);
  const { when, links } = await probe.calibrate('before');
  await watch.stop();
  expect(when).toBe('before');
  expect(links.map(({ topology, to, wantedMs }) => [topology, to, wantedMs])).toEqual([
    [undefined, 'cdg', 40],
    [undefined, 'cdg', 60],
    ['slow', 'cdg', 50],
  ]);

  const silent = createServer((socket) => socket.destroy());
  onTestFinished(() => void silent.close());
  const broken = await startLinkProbe([{ from: 'cdg', to: 'ord', port: await listen(silent) }], {
    rtt,
  });
  onTestFinished(() => broken.stop());
  await expect(broken.calibrate('after')).rejects.toMatchObject({
    kind: 'fault',
    message: expect.stringContaining('cdg–ord') as string,
  });
});

test('ends at once, however often it is asked, and leaves no process', async () => {
  const before = new Set(descendantsOf(process.pid).map(({ pid }) => pid));
  const probe = await startLinkProbe([], { rtt });
  const started = descendantsOf(process.pid).filter(({ pid }) => !before.has(pid));
  expect(started.length).toBeGreaterThan(0);
  const watch = probe.watch(() => undefined);
  await Promise.all([probe.stop(), probe.stop()]);
  await watch.stop();
  await expect(probe.calibrate('after')).rejects.toMatchObject({ kind: 'fault' });
  expect(await leftAfter(started, 10_000)).toEqual([]);
});

test('many links are probed less often each', () => {
  expect([1, 6, 80, 171].map(probedEveryMs)).toEqual([1000, 1000, 1000, 2137.5]);
});
