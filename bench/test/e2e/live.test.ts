import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { expect, onTestFinished, test } from 'vitest';
import type { Outcomes } from '../../samples/outcome.ts';
import { quantile, sorted } from '../../stats/quantile.ts';
import { startBench, type Ended } from '../support/bench.ts';

/*
 * The instrument on loopback (measurement specification, last section, item 10): what is slow must show, what is not
 * must not. 40 requests a second for ten seconds are 400, enough for a p99.
 */
const load = ['--regions', 'cdg', '--rounds', '1', '--rate', '40', '--out', 'run'];

test('a server of 5 ms is seen as such, and one freeze of 0.8 s is in its p99', async () => {
  const [steady, freezing] = [await serve(), await serve({ at: 300, ms: 800 })];
  const over = new AbortController();
  const bareMedian = medianOfBareClient(await serve(), over.signal);
  const targets = ['--target', `steady=${steady}`, '--target', `freezing=${freezing}`];
  const { ended, summary, outcomes } = await run([...targets, ...load, '--duration', '28s']);
  over.abort();
  const bare = await bareMedian;
  expect(ended.code).toBe(0);
  const [calm, stalled] = ['steady', 'freezing'].map((target) =>
    summary.find((row) => row['target'] === target && row['metric'] === 'ttfb_warm'),
  );
  const p50 = Number(calm?.['p50_ms']);
  // A machine that makes a bare Node client wait makes k6 wait too; on a quiet one the specification's 5.0 to 6.0 ms hold.
  const machine = Math.max(0, bare - 6);
  console.log(`median ${p50.toFixed(2)} ms; a bare client: ${bare.toFixed(2)} ms`);
  expect(p50).toBeGreaterThanOrEqual(5);
  expect(p50).toBeLessThanOrEqual(6 + 2 * machine);
  for (const { kept, cold } of outcomes.blocks)
    expect(kept / (kept + cold)).toBeGreaterThanOrEqual(0.95);
  expect(Number(stalled?.['n'])).toBeGreaterThanOrEqual(368);
  // The median does not see what a closed loop would hide altogether.
  expect(Number(stalled?.['p99_ms'])).toBeGreaterThan(300);
  expect(Number(stalled?.['p50_ms'])).toBeLessThan(3 * p50);
});

test('a freeze of 4 s makes the block invalid, and is called a stall', async () => {
  const target = await serve({ at: 200, ms: 4000 });
  const { ended, outcomes } = await run([
    '--target',
    `mine=${target}`,
    ...load,
    '--duration',
    '12s',
  ]);
  expect(ended.code).toBe(3);
  expect(outcomes.blocks).toHaveLength(1);
  expect(outcomes.blocks[0]).toMatchObject({ valid: false });
  expect(outcomes.blocks[0]?.reason).toMatch(
    /^the target stalled: \d+ iterations could not start in time$/,
  );
});

/**
 * A server in a process of its own, so that only it freezes: answers after 5.0 ms, waiting out the last two in steps
 * as fine as the loop has (timers alone are up to a millisecond late), and stops altogether once at its nth request.
 */
async function serve(freeze = { at: Infinity, ms: 0 }): Promise<string> {
  const source = `
    const { createServer } = require('node:http');
    let seen = 0;
    const server = createServer({ keepAliveTimeout: 90_000 }, (_, response) => {
      const due = performance.now() + 5;
      if (++seen === ${freeze.at}) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${freeze.ms});
      const wait = () => (performance.now() >= due ? response.end('ok') : setImmediate(wait));
      setTimeout(wait, 3);
    });
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return `http://127.0.0.1:${port.toString().trim()}`;
}

/** Time to first byte as the simplest of clients sees it, in ms: some twenty requests a second until it is told to end. */
async function medianOfBareClient(url: string, signal: AbortSignal): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  while (!signal.aborted) {
    await sleep(50);
    const start = performance.now();
    const [response] = (await once(get(url, { agent }), 'response')) as [NodeJS.ReadableStream];
    times.push(performance.now() - start);
    response.resume();
    await once(response, 'end');
  }
  agent.destroy();
  return quantile(sorted(times), 0.5);
}

async function run(args: readonly string[]): Promise<{
  ended: Ended;
  summary: Record<string, string>[];
  outcomes: Outcomes;
}> {
  const running = await startBench(['run', ...args]);
  running.child.stdin.end();
  const ended = await running.ended;
  const file = (name: string) => readFile(join(running.folder, 'run', name), 'utf8');
  const summary = parse<Record<string, string>>(await file('summary.csv'), { columns: true });
  return { ended, summary, outcomes: JSON.parse(await file('outcomes.json')) as Outcomes };
}
