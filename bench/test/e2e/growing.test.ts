import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { ensureK6 } from '../../k6/install.ts';
import { isUntrustworthy } from '../../run/trust.ts';
import type { Manifest } from '../../samples/manifest.ts';
import type { Outcomes } from '../../samples/outcome.ts';
import { startBench, type Running } from '../support/bench.ts';

/** A service that answers in 5 ms, but not at all for `frozenMs` from the `at`-th request on. */
async function serve(at = Infinity, frozenMs = 0): Promise<string> {
  let requests = 0;
  let frozenUntil = 0;
  const server = createServer({ keepAliveTimeout: 90_000 }, (_, response) => {
    if (++requests === at) frozenUntil = Date.now() + frozenMs;
    setTimeout(() => response.end('ok'), Math.max(5, frozenUntil - Date.now()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Running> {
  const running = await startBench(['run', '--regions', 'cdg', '--out', 'run', ...args], env);
  running.child.stdin.end();
  return running;
}

const read = async <T>({ folder }: Running, file: string): Promise<T> =>
  JSON.parse(await readFile(join(folder, 'run', file), 'utf8')) as T;

test('a round lost to a stall of the target is told, and measured again', async () => {
  const running = await run(['--target', `mine=${await serve(200, 4000)}`, '--rounds', '6']);
  const { stderr, stdout } = await running.ended;
  expect(stderr).toContain('did not count at some vantage');
  expect(stdout).toContain('the target stalled');
  const { blocks } = await read<Outcomes>(running, 'outcomes.json');
  const { plan } = await read<Manifest>(running, 'manifest.json');
  const valid = blocks.filter((block) => block.valid);
  expect(plan.rounds).toBe(blocks.length);
  expect(blocks.length).toBeGreaterThan(6);
  expect(valid.length).toBeGreaterThanOrEqual(6);
  // The rows of both parts are one table.
  const samples = join(running.folder, 'run', 'samples');
  expect(await readdir(samples)).toEqual(['cdg.csv.gz']);
  const rows = gunzipSync(await readFile(join(samples, 'cdg.csv.gz'))).toString();
  expect(rows.match(/^metric_name,/gm)).toHaveLength(1);
  expect(rows).toContain(`round=${blocks.length - 1}`);
});

test('a second deployment with a longer link is calibrated, and slower by it', async () => {
  const running = await run([
    ...['--regions', 'cdg,ord', '--topologies', 'single-region,slow=single-region'],
    ...['--rtt', 'slow:cdg-ord=158.5', '--rounds', '2', '--duration', '20s'],
  ]);
  await running.ended;
  const { calibrations } = await read<Manifest>(running, 'manifest.json');
  expect(calibrations[0]?.links).toMatchObject([
    { wantedMs: 108.5 },
    { topology: 'slow', wantedMs: 158.5 },
  ]);
  const summary = await readFile(join(running.folder, 'run', 'summary.csv'), 'utf8');
  const p50 = (target: string) =>
    Number(
      summary
        .split('\n')
        .find((line) => line.startsWith(`${target},ord,search,ttfb_warm,`))
        ?.split(',')[6],
    );
  expect(p50('slow') - p50('single-region')).toBeGreaterThan(30);
  expect(p50('slow') - p50('single-region')).toBeLessThan(90);
});

test('A/A measures one target twice, says what it found, and keeps it for later runs', async () => {
  const quiet = { note: () => undefined, progress: () => undefined };
  const { path } = await ensureK6(quiet, new AbortController().signal);
  const caches = await mkdtemp(join(tmpdir(), 'bench-caches-'));
  onTestFinished(() => rm(caches, { recursive: true }));
  const target = ['--target', `mine=${await serve()}`];
  const env = { XDG_CACHE_HOME: caches, K6_PATH: path };
  const first = await run(['--aa', ...target, '--rounds', '6', '--duration', '40s'], env);
  const { stdout } = await first.ended;
  const { plan, warnings } = await read<Manifest>(first, 'manifest.json');
  expect(plan.targets.map(({ name }) => name)).toEqual(['mine', 'mine-again']);
  expect(stdout).toMatch(/A\/A: 2 verdicts on a target against itself, \d of them false alarms\./);
  // A machine too restless to be trusted is no measure of its noise.
  if (warnings.some(isUntrustworthy)) return;
  const folder = join(caches, 'global-latency-bench');
  const file = (await readdir(folder)).find((name) => name.startsWith('noise-')) ?? '';
  const kept: unknown = JSON.parse(await readFile(join(folder, file), 'utf8'));
  expect(kept).toMatchObject({
    records: [{ cells: [{ vantage: 'cdg', quantile: 'p50' }, { quantile: 'p95' }] }],
  });
});
