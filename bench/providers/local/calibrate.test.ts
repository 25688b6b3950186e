import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Calibration } from '../../samples/outcome.ts';
import { calibrate } from './calibrate.ts';
import { judgeCalibration } from './judge-calibration.ts';
import { startNetwork } from './network.ts';
import { listen } from './network/listen.ts';

const rtt = { 'cdg-ord': 100, 'cdg-syd': 60 };

test('links are measured once per pair, beside what was wanted', async () => {
  const network = await startNetwork({
    rtt,
    jitterMs: 0,
    seed: 1,
    machines: [],
    edges: [],
    tunnels: [],
    echoes: [
      { from: 'cdg', to: 'ord' },
      { from: 'ord', to: 'cdg' },
      { from: 'syd', to: 'cdg' },
      { from: 'cdg', to: 'cdg' },
    ],
  });
  onTestFinished(() => network.stop());
  const measured = () => calibrate('before', network.ready.echoes, { rtt });
  const { when, links } = await measured();
  expect(when).toBe('before');
  expect(links.map(({ from, to, wantedMs, n }) => [from, to, wantedMs, n])).toEqual([
    ['ord', 'cdg', 100, 30],
    ['syd', 'cdg', 60, 30],
  ]);
  for (const { wantedMs, p50Ms, p99Ms, openMs } of links) {
    expect(p50Ms).toBeGreaterThanOrEqual(wantedMs);
    expect(p99Ms).toBeGreaterThanOrEqual(p50Ms);
    expect(openMs).toBeGreaterThanOrEqual(2 * wantedMs);
  }
  // A busy machine makes links slower for a while, but not by any distance for ever.
  const areNear = ({ links }: Calibration) =>
    links.every(
      ({ wantedMs, p50Ms, openMs }) => p50Ms < wantedMs + 30 && openMs < 2 * wantedMs + 60,
    );
  await expect.poll(async () => areNear(await measured())).toBe(true);
});

test('a link that breaks is a fault that names it', async () => {
  const silent = createServer((socket) => socket.destroy());
  onTestFinished(() => void silent.close());
  const port = await listen(silent);
  await expect(
    calibrate('before', [{ from: 'cdg', to: 'ord', port }], { rtt }),
  ).rejects.toMatchObject({
    kind: 'fault',
    message: expect.stringContaining('cdg–ord') as string,
  });
});

test.each([
  [20, 21.9, false],
  [20, 22.1, true],
  [20, 17.9, true],
  [300, 305.9, false],
  [300, 306.1, true],
  [300, NaN, true],
])('%d ms wanted, %d ms measured: off is %s', (wantedMs, p50Ms, off) => {
  const link = { from: 'cdg', to: 'ord', wantedMs, n: 40, p50Ms, p99Ms: p50Ms, openMs: p50Ms };
  const calibration: Calibration = { when: 'after', atIso: '', links: [link] };
  const warning = { code: 'calibration-off', from: 'cdg', to: 'ord', wantedMs, measuredMs: p50Ms };
  expect(judgeCalibration(calibration)).toEqual(off ? [warning] : []);
  const watched = judgeCalibration(calibration, () => true);
  expect(watched).toEqual(off ? [{ ...warning, watched: 'after' }] : []);
});
