import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../base/package-root.ts';
import { findK6 } from '../../k6/install.ts';
import {
  benchProgram,
  eventually,
  plainEnv,
  quickTarget,
  startAttacked,
  testFolder,
  underLoad,
} from '../support/attacked-run.ts';

const target = quickTarget();

const run = (duration: string, ...more: readonly string[]) => [
  ...['run', '--regions', 'cdg', '--rounds', '1', '--duration', duration, '--quiet'],
  ...['--target', `mine=${target.url}`, ...more],
];

interface Place {
  readonly folder: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts a program; all that it writes, and how it ends. */
function program(command: string, args: readonly string[], { folder, env = {} }: Place) {
  const { child, ended } = startAttacked(command, args, {
    ...{ cwd: folder, env: plainEnv(folder, env), stdio: ['ignore', 'pipe', 'pipe'] },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return { done: async () => ({ ...(await ended), ...output }) };
}

const bench = (args: readonly string[], place: Place) =>
  program(process.execPath, [benchProgram, ...args], place);

const table = /^Median time to first byte.*\n\n +mine\n *cdg .* \d/m;

test.concurrent(
  'what can not be written after measuring hides neither the results nor the other files',
  async () => {
    const folder = await testFolder();
    const reports = join(folder, 'reports');
    await mkdir(join(reports, 'latest', 'full'), { recursive: true });
    await writeFile(join(folder, 'file'), '');
    const found = await findK6();
    const k6 = found.action === 'use' ? found.binary.path : '';
    const env = { XDG_CACHE_HOME: join(folder, 'file', 'cache'), K6_PATH: k6 };
    const running = bench(run('10s', '--aa'), { folder, env });
    await eventually(() => readdirSync(reports).some((name) => name.endsWith('.partial')));
    const [partial = ''] = readdirSync(reports).filter((name) => name.endsWith('.partial'));
    await mkdir(join(reports, partial, 'summary.csv', 'full'), { recursive: true });
    const { code, stdout, stderr } = await running.done();
    expect(stdout).toMatch(/^Median time to first byte/m);
    expect(stdout).toMatch(/^Page: reports/m);
    expect(stdout).toContain('A/A: ');
    expect(stderr).toMatch(/^error Could not write .*summary\.csv: .*\n {2}fix /m);
    expect(stderr).toMatch(/^note reports\/latest does not point to this run: .*\n {2}fix Name /m);
    expect(stderr).not.toMatch(/^\s+at /m);
    // One round is too few to be trusted, which is worse news.
    expect([1, 3, 6]).toContain(code);
    const dir = join(reports, partial.replace('.partial', ''));
    expect(readdirSync(dir)).toEqual(
      expect.arrayContaining(['manifest.json', 'outcomes.json', 'summary.json', 'index.html']),
    );
  },
);

test.concurrent('judgements that can not be kept are shown all the same', async () => {
  const folder = await testFolder();
  const running = bench(run('6s', '--out', 'run'), { folder });
  await underLoad(folder);
  await mkdir(join(folder, 'run.partial', 'outcomes.json', 'full'), { recursive: true });
  const { code, stdout, stderr } = await running.done();
  expect(stdout).toMatch(table);
  expect(stderr).toMatch(/^error Could not write .*outcomes\.json: .*\n {2}fix /m);
  expect(stderr).toMatch(/^note What could be kept is in run\.partial\.$/m);
  expect(code).toBe(1);
  expect(existsSync(join(folder, 'run.partial', 'index.html'))).toBe(true);
  // Nothing is lost: the rows say it again, once nothing is in the way.
  await rm(join(folder, 'run.partial', 'outcomes.json'), { recursive: true });
  const again = await bench(['report', 'run', '--format', 'text'], { folder }).done();
  expect(again.stdout).toMatch(table);
});

const hasLimit = spawnSync('sh', ['-c', 'ulimit -f 600']).status === 0;

test.runIf(hasLimit).concurrent('a page that becomes too large costs the page', async () => {
  const folder = await testFolder();
  // Blocks of 512 or of 1024 bytes, as the shell counts; the page is larger, everything else is smaller.
  const line = `ulimit -f 600; exec '${process.execPath}' '${benchProgram}' ${run('6s', '--out', 'run').join(' ')}`;
  const { code, stdout, stderr } = await program('sh', ['-c', line], { folder }).done();
  expect(stdout).toMatch(table);
  expect(stdout).not.toContain('Page:');
  expect(stderr).toMatch(/^error Could not write .*index\.html: .*\n {2}fix /m);
  expect(code).toBe(1);
  expect(readdirSync(join(folder, 'run')).sort()).toEqual(
    expect.arrayContaining(['manifest.json', 'samples', 'summary.csv', 'summary.json']),
  );
});

// A file system of our own, which goes with the process.
const unshare = ['-m', '-r'].slice(0, process.getuid?.() === 0 ? 1 : 2);
const mount = 'mount -t tmpfs -o size=600k tmpfs small';
const canMount =
  spawnSync('unshare', [...unshare, 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']).status === 0;

test
  .runIf(canMount)
  .concurrent('a disk that fills while k6 writes is told; the run ends in order', async () => {
    const folder = await testFolder();
    await mkdir(join(folder, 'small'));
    const bench = `'${process.execPath}' '${benchProgram}' ${run('6s', '--out', 'small/run').join(' ')}`;
    const rows = 'small/run.partial/samples/cdg.csv';
    const fill = `(until [ -e ${rows} ]; do sleep .1; done; cat /dev/zero >small/fill 2>/dev/null)`;
    // What is left is looked at from within: nobody else sees that file system.
    const look = `ls small/run.partial >left; rm small/fill; '${process.execPath}' '${benchProgram}' report small/run --format text >again`;
    const line = `${mount} && { ${fill} & ${bench}; code=$?; wait; ${look}; exit $code; }`;
    const { code, stdout, stderr } = await program('unshare', [...unshare, 'sh', '-c', line], {
      folder,
    }).done();
    expect(stdout).toMatch(/^Median time to first byte/m);
    expect(stderr.match(/^error The disk is full: could not write /gm)?.length).toBeGreaterThan(1);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect([1, 3, 6]).toContain(code);
    const left = readFileSync(join(folder, 'left'), 'utf8').trim().split('\n');
    expect(left).toContain('manifest.json');
    expect(left.filter((name) => /unfinished|tmp/.test(name))).toEqual([]);
    expect(readFileSync(join(folder, 'again'), 'utf8')).toContain('The run was cut before');
  });

test.concurrent(
  'the page and the summary of a CI job that can not be written change no judgement',
  async () => {
    const folder = await testFolder();
    const dir = join(folder, 'run');
    await cp(join(packageRoot(), 'reports', 'example'), dir, { recursive: true });
    await writeFile(join(folder, 'budget.toml'), '[bench.budgets]\np50 = 1\n');
    await writeFile(join(folder, 'fly.bench.toml'), '');
    const gate = ['gate', 'run', '--config', 'budget.toml', '--no-confirm', '--format', 'github'];
    const file = join(folder, 'no', 'summary.md');
    const judged = await bench(gate, { folder, env: { GITHUB_STEP_SUMMARY: file } }).done();
    const alone = await bench(gate, { folder, env: { GITHUB_STEP_SUMMARY: '' } }).done();
    expect({ code: judged.code, stdout: judged.stdout }).toEqual({
      code: alone.code,
      stdout: alone.stdout,
    });
    expect(judged.stderr).toMatch(/^error Could not write the job summary .*\n {2}fix /m);
  },
);

test.concurrent('a run folder that can not be written is shown', async () => {
  const folder = await testFolder();
  const dir = join(folder, 'run');
  await cp(join(packageRoot(), 'reports', 'example'), dir, { recursive: true });
  const page = readdirSync(dir).includes('index.html');
  if (page) await cp(join(dir, 'index.html'), join(dir, 'old.html'));
  spawnSync('rm', ['-rf', join(dir, 'index.html')]);
  await mkdir(join(dir, 'index.html', 'full'), { recursive: true });
  const { code, stdout, stderr } = await bench(['report', 'run'], { folder }).done();
  expect(stdout).toMatch(/^Median time to first byte/m);
  expect(stdout).not.toContain('Page:');
  expect(stderr).toMatch(/^error Could not write .*index\.html: .*\n {2}fix /m);
  expect(code).toBe(1);
});
