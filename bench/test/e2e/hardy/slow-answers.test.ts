import { spawnSync } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../../base/package-root.ts';
import type { Manifest } from '../../../samples/manifest.ts';
import type { Running } from '../../support/bench.ts';
import { readRun, runFromParis } from '../../support/run-from-paris.ts';

/** Closed with the test. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer({ keepAliveTimeout: 90_000 }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Every 12th answer takes so long, the others 20 ms: 8 % of them. */
function everyTwelfth(slowMs: number): Promise<string> {
  let requests = 0;
  return serve((_, response) => {
    setTimeout(() => response.end('ok'), ++requests % 12 === 0 ? slowMs : 20);
  });
}

async function rowsOf(running: Running): Promise<Record<string, string>[]> {
  const text = await readFile(join(running.folder, 'run', 'summary.csv'), 'utf8');
  return parse<Record<string, string>>(text, { columns: true });
}

function recompute({ folder }: Running): string {
  const script = join(packageRoot(), 'scripts', 'recompute-summary.mjs');
  const run = join(folder, 'run');
  return spawnSync(process.execPath, [script, run], { encoding: 'utf8' }).stdout;
}

test('slow answers that are rare are measured in whole, after they were seen to be cut', async () => {
  const url = await everyTwelfth(4000);
  const running = await runFromParis(['--target', `a=${url}`, '--rounds', '3']);
  const { stderr } = await running.ended;
  expect(stderr).toContain(
    'some answers take longer than was planned: measuring all 3 rounds again',
  );
  const { plan } = await readRun<Manifest>(running, 'manifest.json');
  // Six rounds, unless a busy machine lost one, which is measured again.
  expect(plan.supersededRounds).toBe(3);
  expect(plan.rounds).toBeGreaterThanOrEqual(6);
  const [warm] = (await rowsOf(running)).filter(({ metric }) => metric === 'ttfb_warm');
  expect(Number(warm?.['p95_ms'])).toBeGreaterThan(3900);
  expect(warm).toMatchObject({ errors: '0', cut: '0', p95_at_least: '' });
  expect(Number(warm?.['p50_ms'])).toBeLessThan(1000);
  expect(recompute(running)).toContain('all equal');
});

test('in a budget of time they are cut: errors, and a p95 that is known from below', async () => {
  const url = await everyTwelfth(8000);
  const args = ['--target', `a=${url}`, '--rounds', '3', '--duration', '20s'];
  const running = await runFromParis(args);
  const { stdout } = await running.ended;
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /a \(visit\) did not answer within .* its p95 is at least/,
  );
  const [warm] = (await rowsOf(running)).filter(({ metric }) => metric === 'ttfb_warm');
  expect(Number(warm?.['cut'])).toBeGreaterThan(0);
  expect(warm).toMatchObject({ p50_at_least: '', p95_at_least: '1', p95_hi_ms: '' });
  expect(warm?.['errors']).not.toBe('0');
  expect(recompute(running)).toContain('all equal');
});

test('bodies that do not end are no stall: the time to their first byte is shown', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    setTimeout(() => response.write('data: 1\n\n'), 20);
  });
  const running = await runFromParis(['--target', `a=${url}`, '--rounds', '2']);
  const { code, stdout } = await running.ended;
  expect(code).toBe(0);
  expect(stdout).not.toContain('stalled');
  expect(stdout.replace(/\s+/g, ' ')).toMatch(/The bodies of \d+ of \d+ answers of a/);
  const cold = (await rowsOf(running)).find(({ metric }) => metric === 'ttfb_cold');
  expect(Number(cold?.['p50_ms'])).toBeGreaterThan(20);
  expect(Number(cold?.['n'])).toBeGreaterThan(60);
});

test('a target that fails in every round takes none from one that answers: exit 6', async () => {
  let requests = 0;
  // It passes the first look.
  const failing = await serve((_, response) => {
    response.writeHead(++requests > 20 ? 500 : 200);
    setTimeout(() => response.end('ok'), 5);
  });
  const good = await serve((_, response) => setTimeout(() => response.end('ok'), 5));
  const targets = ['--target', `good=${good}`, '--target', `bad=${failing}`];
  const running = await runFromParis([...targets, '--rounds', '2']);
  const { code } = await running.ended;
  expect(code).toBe(6);
  const rows = await rowsOf(running);
  // Both rounds, unless a busy machine lost one.
  const healthy = rows.find(({ target }) => target === 'good');
  expect(healthy).toMatchObject({ rounds: expect.stringMatching(/^[12]$/) as string, errors: '0' });
  const { warnings } = await readRun<Manifest>(running, 'manifest.json');
  expect(warnings).toContainEqual(
    expect.objectContaining({ code: 'target-failed', target: 'bad' }),
  );
});
