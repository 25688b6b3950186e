import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test as plain, vi } from 'vitest';
import type { Manifest } from '../../samples/manifest.ts';
import type { BlockOutcome, Outcomes } from '../../samples/outcome.ts';
import { launchBench, type Running } from '../support/bench.ts';
import { lastRowUs } from '../support/last-row.ts';
import { descendantsOf, leftAfter, type Seen } from '../support/processes.ts';
import { worldFolders } from '../support/short-run.ts';

/** Two topologies from two cities; each of the rounds takes about six seconds. */
const run = (rounds: number): string[] => [
  ...['run', '--regions', 'cdg,ord', '--topologies', 'single-region,read-replicas'],
  ...['--rounds', String(rounds), '--duration', `${6 * rounds + 4}s`, '--out', 'run'],
];

/** Only what hangs takes so long. */
const patience = { timeout: 30_000, interval: 50 };

/** Commands that are tidied up with their test, which runs beside the others. */
const test = plain.extend<{ start: (args: readonly string[]) => Promise<Running> }>({
  // eslint-disable-next-line no-empty-pattern -- Vitest reads there which other fixtures are needed.
  start: async ({}, use) => {
    const started: Running[] = [];
    await use(async (args) => {
      const running = await launchBench(args);
      started.push(running);
      return running;
    });
    await Promise.all(started.map((running) => running.tidyUp()));
  },
});

const part = (running: Running, command: string | RegExp): Seen => {
  const found = descendantsOf(running.pid).find((one) => one.command.match(command) !== null);
  if (found === undefined) throw new Error(`no process ${String(command)}`);
  return found;
};

/** Processes of a world share their command lines: what tells them apart is in their environment or data folder. */
async function appOf(running: Running, topology: string, region: string): Promise<Seen> {
  for (const one of descendantsOf(running.pid)) {
    if (!one.command.includes('dist/app.mjs')) continue;
    const env = (await readFile(`/proc/${one.pid}/environ`, 'utf8')).split('\0');
    if (env.includes(`FLY_APP_NAME=${topology}`) && env.includes(`FLY_REGION=${region}`))
      return one;
  }
  throw new Error(`no app of ${topology} in ${region}`);
}

const databaseOf = (running: Running, topology: string, region: string): Seen =>
  part(running, new RegExp(`postgres -D \\S*/${topology}-${region} `));

const readJson = async <T>(running: Running, file: string): Promise<T> =>
  JSON.parse(await readFile(join(running.folder, 'run', file), 'utf8')) as T;

const where = (blocks: readonly BlockOutcome[], vantage: string, target: string): BlockOutcome[] =>
  blocks.filter((block) => block.vantage === vantage && block.target === target);

/** Whoever shows a part's death shows it while the run goes on. */
const untilSaid = (running: Running, text: string): Promise<void> =>
  running.says(new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')));

async function nothingIsLeft(running: Running, seen: readonly Seen[]): Promise<void> {
  expect(await leftAfter(seen, 10_000)).toEqual([]);
  expect(await worldFolders(running)).toEqual([]);
}

test.concurrent(
  'what ends is told at once, and only what needs it does not count',
  async ({ start }) => {
    const running = await start(run(3));
    await untilSaid(running, 'round 1/3');
    const seen = descendantsOf(running.pid);
    process.kill(part(running, 'link-probe.mjs').pid, 'SIGKILL');
    await untilSaid(running, 'The process that probes the links was killed by SIGKILL');
    process.kill(part(running, 'guard.mjs').pid, 'SIGSEGV');
    await untilSaid(
      running,
      'The watchdog, which tidies up should bench be killed, was killed by SIGSEGV',
    );
    const stopped = await appOf(running, 'read-replicas', 'cdg');
    process.kill(stopped.pid, 'SIGSTOP');
    await untilSaid(running, 'The app of read-replicas in cdg stands still');
    process.kill(stopped.pid, 'SIGCONT');
    await untilSaid(running, 'The app of read-replicas in cdg goes on after');
    process.kill((await appOf(running, 'read-replicas', 'ord')).pid, 'SIGABRT');
    await untilSaid(running, 'The app of read-replicas in ord was killed by SIGABRT');
    await running.says(/round 3\/3/);
    const network = Date.now();
    process.kill(part(running, /dist\/network\.mjs/).pid, 'SIGKILL');
    const { code, stdout, stderr } = await running.ended;
    // Far less than what is left of the round, and of the calibration, would take: nothing more is tried.
    expect(stderr).toContain(
      'The emulated network, with all edges and links, was killed by SIGKILL',
    );
    expect(stderr).not.toContain('Calibrating the distances after');
    expect(code).toBe(6);
    expect(stdout).toContain('This run is not trustworthy, as the app of read-replicas in ord');
    await nothingIsLeft(running, seen);

    const manifest = await readJson<Manifest>(running, 'manifest.json');
    expect(manifest.state).toBe('partial');
    expect(manifest.failures?.map(({ part: name, ended }) => [name, ended])).toEqual([
      ['The process that probes the links', true],
      ['The watchdog, which tidies up should bench be killed,', true],
      ['The app of read-replicas in cdg', false],
      ['The app of read-replicas in ord', true],
      ['The emulated network, with all edges and links,', true],
    ]);
    const { blocks } = await readJson<Outcomes>(running, 'outcomes.json');
    const [, appDied] = manifest.failures?.slice(2) ?? [];
    const after = (block: BlockOutcome) =>
      block.keep_from_us > 1000 * (appDied?.fromMs ?? 0) && block.end_us < 1000 * network;
    const dead = where(blocks, 'ord', 'read-replicas').filter(after);
    expect(dead.length).toBeGreaterThan(0);
    for (const { reason } of dead)
      expect(reason).toMatch(
        /the app of read-replicas in (ord was killed by SIGABRT|cdg stood still)/,
      );
    expect(dead.at(-1)?.reason).toContain('ord was killed by SIGABRT');
    for (const block of where(blocks, 'cdg', 'read-replicas').filter(after))
      expect(block.reason ?? '').not.toContain('the app of read-replicas in ord');
    const last = blocks.filter(({ end_us }) => end_us > 1000 * network);
    expect(last.length).toBeGreaterThan(0);
    for (const block of last) {
      expect(block.valid).toBe(false);
      expect(block.reason).toMatch(/emulated network|round lost|the app of/);
    }
    const summary = await readFile(join(running.folder, 'run', 'summary.csv'), 'utf8');
    expect(summary).toMatch(/single-region,cdg,search,ttfb_warm,[123],/);
    await expect(readFile(join(running.folder, 'run', 'index.html'))).resolves.toBeDefined();
  },
);

test.concurrent(
  'a primary that dies takes its topology, and k6 its region; its rows stay',
  async ({ start }) => {
    const running = await start(run(2));
    await untilSaid(running, 'round 1/2');
    const seen = descendantsOf(running.pid);
    const k6 = part(running, '/k6/ord/');
    const rows = join(running.folder, 'run.partial', 'samples', 'ord.csv');
    // Some seconds of rows, of which gzip would have written none yet.
    const first = await vi.waitUntil(() => lastRowUs(rows), patience);
    await vi.waitUntil(async () => (await lastRowUs(rows)) > first + 3e6, patience);
    const killedUs = 1000 * Date.now();
    process.kill(k6.pid, 'SIGKILL');
    await untilSaid(running, 'ord: failed: k6 was killed by SIGKILL');
    expect(killedUs - (await lastRowUs(rows))).toBeLessThan(2e6);
    process.kill(databaseOf(running, 'single-region', 'cdg').pid, 'SIGKILL');
    await untilSaid(running, 'The primary database of single-region in cdg was killed by SIGKILL');
    const { code, stdout } = await running.ended;
    expect(code).toBe(6);
    expect(stdout).toContain('primary database of single-region in cdg was killed by SIGKILL');
    expect(stdout).toContain('its last line: ');
    await nothingIsLeft(running, seen);
    const { blocks } = await readJson<Outcomes>(running, 'outcomes.json');
    const lost = where(blocks, 'cdg', 'single-region').at(-1);
    expect(lost).toMatchObject({ valid: false, fault: 'part' });
    expect(where(blocks, 'cdg', 'read-replicas').at(-1)?.reason ?? '').not.toContain('database');
    const samples = await readdir(join(running.folder, 'run', 'samples'));
    expect(samples.sort()).toEqual(['cdg.csv.gz', 'ord.csv.gz']);
  },
);

test.concurrent.for([
  [
    'while it starts',
    'Starting the databases: ',
    'the primary database',
    /postgres -D \S*\/single-region-cdg /,
  ],
  [
    'while it is calibrated',
    'Starting the app machines: ',
    'the emulated network',
    /dist\/network\.mjs/,
  ],
] as const)(
  'a part that dies %s stops the run: exit 1, and nothing is left',
  async ([, moment, name, command], { start }) => {
    const running = await heldAt(moment, () => start(run(2)));
    const seen = descendantsOf(running.pid);
    process.kill(part(running, command).pid, 'SIGKILL');
    running.child.kill('SIGCONT');
    const { code, stderr } = await running.ended;
    expect(stderr.toLowerCase()).toMatch(
      new RegExp(`(?:error|note) ${name}.*was killed by sigkill`),
    );
    await nothingIsLeft(running, seen);
    // Where it got as far as the load before it heard of the death, that is a run of which nothing was measured.
    if (stderr.includes('measuring for')) expect(code).toBe(6);
    else {
      expect(code).toBe(1);
      expect(await readdir(running.folder)).toEqual([]);
    }
  },
);

/** Starts a command and stops it at what it says then; on a machine that is so busy that it got further, once more. */
async function heldAt(moment: string, startOne: () => Promise<Running>): Promise<Running> {
  for (;;) {
    const running = await startOne();
    let text = '';
    running.child.stderr.on('data', (more: string) => {
      const was = text.includes(moment);
      text += more;
      if (!was && text.includes(moment)) running.child.kill('SIGSTOP');
    });
    await untilSaid(running, moment);
    // What it said before it stood still has come by now.
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (!text.includes('Calibrating') && !text.includes('measuring')) return running;
    running.child.kill('SIGKILL');
    running.child.kill('SIGCONT');
  }
}
