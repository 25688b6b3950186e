import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { Manifest } from '../../samples/manifest.ts';
import type { Outcomes } from '../../samples/outcome.ts';
import { startBench } from '../support/bench.ts';
import { descendantsOf, leftAfter } from '../support/processes.ts';
import { worldFolders } from '../support/short-run.ts';

/** Longer than a round: blocks fall due together, and k6 can't go on. */
const frozenMs = 8000;

test('rounds in which everything stood still are lost, and the others stay and count', async () => {
  const running = await startBench([
    ...['run', '--regions', 'cdg,ord', '--topologies', 'single-region'],
    ...['--rounds', '6', '--duration', '19s', '--out', 'run'],
  ]);
  await running.says(/measuring for/);
  const rows = join(running.folder, 'run.partial', 'samples', 'cdg.csv');
  const begun = async () =>
    (await readFile(rows, 'utf8').catch(() => '')).includes('bench_round=1');
  await vi.waitUntil(begun, { timeout: 30_000, interval: 50 });
  // When it began to stand still is known to half a second: that must not reach into the round before.
  await sleep(800);
  const seen = descendantsOf(running.pid);
  const all = [running.pid, ...seen.map(({ pid }) => pid)];
  for (const pid of all) process.kill(pid, 'SIGSTOP');
  await sleep(frozenMs);
  for (const pid of all) process.kill(pid, 'SIGCONT');
  const { stderr } = await running.ended;
  expect(stderr).toMatch(/note This machine stood still for (8|9|1\d)/);
  expect(stderr).not.toContain('stands still');
  expect(await leftAfter(seen, 10_000)).toEqual([]);
  expect(await worldFolders(running)).toEqual([]);

  const read = async (file: string) => readFile(join(running.folder, 'run', file), 'utf8');
  const { state, standstills } = JSON.parse(await read('manifest.json')) as Manifest;
  const { blocks } = JSON.parse(await read('outcomes.json')) as Outcomes;
  expect(state).toBe('complete');
  expect(standstills).toHaveLength(1);
  for (const vantage of ['cdg', 'ord']) {
    const own = blocks.filter((block) => block.vantage === vantage);
    expect(own.map(({ round }) => round)).toEqual([0, 1, 2, 3, 4, 5]);
    const lost = own.filter(({ fault }) => fault === 'machine');
    expect(lost.map(({ round }) => round)).toContain(1);
    for (const { reason } of lost) expect(reason).toMatch(/^the machine stood still for/);
    // Of the others a busy machine may lose some, for reasons of its own.
    const others = own.filter(({ fault }) => fault !== 'machine');
    expect(others.map(({ round }) => round)).toEqual(expect.arrayContaining([0, 5]));
    expect(others.some(({ kept, cold }) => kept + cold > 0)).toBe(true);
    expect(others.at(-1)?.kept).toBeGreaterThan(0);
  }
});
