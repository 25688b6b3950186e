import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startFakeFly, type FakeFly } from '../../providers/fake/index.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { benchHere } from '../../test/support/bench-here.ts';
import { writeSyntheticRun } from '../../test/support/synthetic-run.ts';

/** The user's own deployments: only what they name themselves is measured again. */
const nowhere = 'http://127.0.0.1:1';
const named = `[bench.targets]\npinned = "${nowhere}"\ntwin = "${nowhere}"\n`;

let dir = '';
let fake: FakeFly;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gate-on-fly-'));
  fake = await startFakeFly();
  // Nothing is to be launched really: what is asked of Fly is the question.
  fake.shortage('syd', 'capacity');
});
afterAll(async () => {
  await fake.close();
  await rm(dir, { recursive: true, force: true });
});

let run = '';
beforeEach(async () => {
  run = await slowRun(20);
});

/** A run on Fly whose second target looks slower in Sydney, at `rate` requests a second. */
async function slowRun(rate: number): Promise<string> {
  const made = await mkdtemp(join(dir, 'run-'));
  const slower = { 'twin@syd': 1.3 };
  const like = { vantages: ['syd'], targets: ['pinned', 'twin'], slower, rented: true };
  await writeSyntheticRun(join(made, 'run'), like);
  const file = join(made, 'run', 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  const { plan } = manifest;
  const targets = plan.targets.map(({ name }) => ({
    kind: 'url',
    name,
    url: nowhere,
  }));
  const fly = { app: 'global-latency-bench', size: 'performance-2x' };
  await writeFile(file, JSON.stringify({ ...manifest, fly, plan: { ...plan, rate, targets } }));
  return join(made, 'run');
}

async function gate(...args: string[]) {
  const config = join(dir, 'fly.bench.toml');
  await writeFile(config, named);
  return benchHere(['gate', run, '--config', config, '--baseline-target', 'pinned', ...args], {
    ...{ FLY_FLAPS_BASE_URL: fake.url, FLY_API_TOKEN: fake.token },
  });
}

test.each([
  [
    'costs more than it may',
    20,
    ['--max-cost', '0'],
    /costs less than \$0\.01, more than \$0\.00 \(--max-/,
  ],
  ['strains a target', 60, [], /sends 60 requests\/s to a target, more than 50/],
])('measuring again that %s is asked about, and refused', async (_, rate, args, why) => {
  run = await slowRun(rate);
  const before = fake.requests.length;
  const { code, stdout, stderr } = await gate(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error Slower at syd, it seems; measuring again asks first: it /);
  expect(stderr).toMatch(why);
  expect(stderr).toMatch(/^ {2}fix Say --yes to go on, .* --no-confirm\.$/m);
  expect(fake.requests).toHaveLength(before);
});

test('the file says what it may cost, too', async () => {
  const config = join(run, 'fly.bench.toml');
  await writeFile(config, `${named}[bench.fly]\nmax_cost = 0\n`);
  expect((await gate('--config', config)).code).toBe(2);
  expect((await gate('--config', config, '--no-confirm')).code).toBe(5);
});

test.each([
  ['within the limits', []],
  ['with --yes', ['--max-cost', '0', '--yes']],
])('%s nobody is asked', async (_, args) => {
  const creations = () => fake.requests.filter(({ action }) => action === 'machine.create').length;
  const before = creations();
  const { stderr } = await gate(...args);
  expect(stderr).toContain('measuring again, with fresh rounds');
  expect(creations()).toBe(before + 1);
  expect(fake.machinesEver).toEqual([]);
});
