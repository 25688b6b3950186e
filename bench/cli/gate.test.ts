import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GateJson } from '../report/gate/json.ts';
import { gateShape } from '../report/gate/shape.ts';
import { benchHere } from '../test/support/bench-here.ts';
import { writeSyntheticRun, type SyntheticRun } from '../test/support/synthetic-run.ts';

let dir = '';
const home = process.cwd();
const at = (name: string) => join(dir, name);

/** Both as far as can be from everywhere: 5 ms of their own beside the distance. */
const targets = ['single-region', 'candidate'];

async function run(name: string, more: SyntheticRun = {}): Promise<string> {
  return writeSyntheticRun(at(name), { targets, runId: name, ...more });
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gate-'));
  // Neither the project's own configuration nor its accepted runs.
  process.chdir(dir);
  const slower = { 'twin@syd': 1.3 };
  await run('quiet');
  await run('slow', { targets: ['pinned', 'twin'], slower, seed: 2 });
  await run('slow-again', { targets: ['pinned', 'twin'], slower, seed: 3 });
  await run('gone-again', { targets: ['pinned', 'twin'], seed: 4 });
  await run('gap', { failing: { ord: 'k6 ended' } });
  await run('off', {
    warnings: [{ code: 'calibration-off', from: 'cdg', to: 'syd', wantedMs: 286, measuredMs: 320 }],
  });
  await run('few', { rounds: 7 });
});
afterAll(async () => {
  process.chdir(home);
  await rm(dir, { recursive: true, force: true });
});

async function budgets(name: string, toml: string): Promise<string> {
  const file = at(`${name}.toml`);
  await writeFile(file, toml);
  return file;
}

const gate = (...args: string[]) => benchHere(['gate', ...args]);
const json = (stdout: string): GateJson => {
  const parsed: unknown = JSON.parse(stdout);
  expect(gateShape.parse(parsed)).toEqual(parsed);
  return parsed as GateJson;
};

describe('budgets', () => {
  test('that are met pass, that are broken fail, by exit code', async () => {
    const wide = await budgets('wide', '[bench.budgets]\np50 = 500\nerror_rate = 0\n');
    const passed = await gate(at('quiet'), '--config', wide);
    expect(passed).toMatchObject({ code: 0, stderr: '' });
    expect(passed.stdout).toMatch(/^Gate passed\n.*\n\nBudgets: 16 of 16 met\n/);
    const narrow = await budgets('narrow', '[bench.budgets]\np50 = 200\n');
    const failed = await gate(at('quiet'), '--config', narrow);
    expect(failed.code).toBe(4);
    expect(failed.stdout).toContain('Gate failed: 2 budgets broken');
    expect(failed.stdout).toMatch(/The median of single-region at syd \(search\) is 2\d\d ms/);
  });

  test('narrower ones win', async () => {
    const file = await budgets(
      'narrower',
      '[bench.budgets]\np50 = 10\n[bench.budgets.targets.single-region]\np50 = 500\n' +
        '[bench.budgets.targets.single-region.vantages.syd]\np50 = 50\n[bench.budgets.vantages.syd]\np50 = 8\n',
    );
    const { code, stdout } = await gate(at('quiet'), '--config', file, '--json');
    expect(code).toBe(4);
    const broken = json(stdout).budgets.filter(({ verdict }) => verdict === 'broken');
    expect(broken.map(({ target, vantage, limit }) => [target, vantage, limit])).toEqual([
      ['single-region', 'syd', 50],
    ]);
  });

  test('at the very median are inconclusive: 5, or what was asked for', async () => {
    const wide = await budgets('wide', '[bench.budgets]\np50 = 500\n');
    const { stdout } = await gate(at('quiet'), '--config', wide, '--json');
    const median = json(stdout).budgets.find(({ vantage }) => vantage === 'syd')?.measured ?? 0;
    const edge = await budgets('edge', `[bench.budgets.vantages.syd]\np50 = ${median}\n`);
    const args = [at('quiet'), '--config', edge, '--candidate', 'single-region'];
    expect((await gate(...args)).code).toBe(5);
    expect((await gate(...args, '--inconclusive', 'pass')).code).toBe(0);
    expect((await gate(...args, '--inconclusive', 'fail')).code).toBe(4);
  });

  test('with names and keys that do not exist are all reported, with line and suggestion', async () => {
    const file = await budgets(
      'typos',
      '[bench.budgets]\np50 = 500\n[bench.budgets.targets.canddidate]\np50 = 1\n' +
        '[bench.budgets.targets.candidate.vantages.syyd]\np50 = 1\n',
    );
    const { code, stderr, stdout } = await gate(at('quiet'), '--config', file);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`${file}:3 [bench] budgets.targets.canddidate: no target is called`);
    expect(stderr).toContain('Did you mean candidate?');
    expect(stderr).toContain(`${file}:5 [bench] budgets.targets.candidate.vantages.syyd`);
    expect(stderr).toContain('Did you mean syd?');
    const keys = await budgets(
      'keys',
      '[bench.budgets]\np5O = 500\n[bench.budgets.targets.a]\np99 = 1\nerror_rate = 2\n[bench.gate]\ncontroll = "x"\n',
    );
    const second = await gate(at('quiet'), '--config', keys);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(':2 [bench] budgets.p5O: unknown key');
    expect(second.stderr).toContain('p99 is shown, never judged');
    expect(second.stderr).toContain(':5 [bench] budgets.targets.a.error_rate');
    expect(second.stderr).toContain('Did you mean control?');
  });

  test('of what a run did not measure are said not to be judged', async () => {
    const file = await budgets(
      'elsewhere',
      '[bench.budgets]\np50 = 500\nstale_reads = 0\n[bench.budgets.targets.read-replicas]\np50 = 1\n' +
        '[bench.budgets.vantages.gru]\np50 = 1\n',
    );
    const { code, stdout } = await gate(at('quiet'), '--config', file, '--json');
    expect(code).toBe(0);
    expect(json(stdout).notes).toEqual(
      expect.arrayContaining([
        expect.stringContaining('read-replicas') as string,
        expect.stringContaining('gru') as string,
        expect.stringContaining('stale_reads') as string,
      ]),
    );
  });
});

describe('a run that is not what it should be', () => {
  const wide = '[bench.budgets]\np50 = 500\n';

  test('untrustworthy: 3, whatever the latencies', async () => {
    const file = await budgets('one', '[bench.budgets]\np50 = 1\n');
    const { code, stdout } = await gate(at('off'), '--config', file);
    expect(code).toBe(3);
    expect(stdout).toContain('the measurement is not trustworthy');
    expect(stdout).toContain('the link cdg–syd measured 320 ms');
  });

  test('of too few rounds: 3', async () => {
    const { code, stdout } = await gate(at('few'), '--config', await budgets('w', wide));
    expect(code).toBe(3);
    expect(stdout).toContain('only 7 valid rounds; a gate needs 8');
    const regression = await gate(at('few'), '--baseline-target', 'single-region');
    expect(regression.code).toBe(3);
    expect(regression.stdout).toContain('has 7 valid rounds; a gate needs 8');
  });

  test('with a gap: judged on what is there, 6; and 4 if that is worse', async () => {
    const { code, stdout } = await gate(at('gap'), '--config', await budgets('w', wide));
    expect(code).toBe(6);
    expect(stdout).toContain('Nothing was measured from ord: k6 ended.');
    const file = await budgets('one', '[bench.budgets]\np50 = 1\n');
    expect((await gate(at('gap'), '--config', file)).code).toBe(4);
  });

  test('not there, or not a run: 2', async () => {
    expect((await gate(at('none'))).code).toBe(2);
    expect((await gate(dir)).stderr).toContain('is not a run folder');
  });
});

describe('a baseline in the same rounds', () => {
  const args = (...more: string[]) => [at('slow'), '--baseline-target', 'pinned', ...more];

  test('a slow-down that fresh rounds show again fails', async () => {
    const { code, stdout } = await gate(...args('--confirmation', at('slow-again'), '--json'));
    expect(code).toBe(4);
    const { regression, reasons } = json(stdout);
    expect(regression).toMatchObject({ method: 'same-rounds', confirmationRunId: 'slow-again' });
    expect(reasons[0]?.text).toMatch(
      /^The median of twin at syd \(search\) is slower by \+(2|3)\d\.\d %.* fresh rounds confirm/,
    );
  });

  test('a slow-down that is gone passes, and is told', async () => {
    const { code, stdout } = await gate(...args('--confirmation', at('gone-again')));
    expect(code).toBe(0);
    expect(stdout).toMatch(/syd p50 .* slower ▲ not confirmed/);
  });

  test('unconfirmed is inconclusive, and nothing is measured', async () => {
    const { code, stdout, stderr } = await gate(...args('--no-confirm'));
    expect({ code, stderr }).toEqual({ code: 5, stderr: '' });
    expect(stdout).toContain('but nothing confirms it');
  });

  test('a run can not confirm itself, nor one of other conditions or targets', async () => {
    const itself = await gate(...args('--confirmation', at('slow')));
    expect(itself.code).toBe(2);
    expect(itself.stderr).toContain("its rounds can't confirm themselves");
    const copy = at('copy');
    await cp(at('slow'), copy, { recursive: true });
    expect((await gate(...args('--confirmation', copy))).code).toBe(2);
    const manifest = join(copy, 'manifest.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(
      manifest,
      text.replace('"runId": "slow"', '"runId": "other"').replace('"k6": "2.2.0"', '"k6": "2.1.0"'),
    );
    const unlike = await gate(...args('--confirmation', copy));
    expect(unlike.code).toBe(2);
    expect(unlike.stderr).toContain('k6: 2.2.0 and 2.1.0');
    const without = await gate(...args('--confirmation', at('quiet')));
    expect(without.code).toBe(5);
    expect(without.stdout).toContain('the confirming run lacks it');
  });

  test('names that the run does not have are refused with the nearest', async () => {
    const { code, stderr } = await gate(
      at('slow'),
      '--baseline-target',
      'pined',
      '--candidate',
      'twin,twn',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('--baseline-target: the run has no target "pined"');
    expect(stderr).toContain('Did you mean pinned?');
    expect(stderr).toContain('--candidate: the run has no target "twn"');
    const self = await gate(...args('--candidate', 'pinned'));
    expect(self.stderr).toContain('judged against itself');
    const file = await budgets('gone', '[bench.gate]\nbaseline_target = "gone"\n');
    const fromFile = await gate(at('slow'), '--config', file);
    expect(fromFile.stderr).toContain(`${file}:2 [bench] gate.baseline_target`);
  });
});

// One story: what is accepted first is judged by later.
describe('accepted runs', { shuffle: false }, () => {
  const day = (i: number) => `day-${String(i).padStart(2, '0')}`;
  const month = (i: number) => ({
    seed: 10 + i,
    perBlock: 20,
    startedAtIso: new Date(Date.UTC(2026, 9, 1 + i)).toISOString(),
  });
  const baseline = () => at('accepted');
  const accept = (name: string, ...more: string[]) =>
    gate(at(name), '--accept', '--baseline', baseline(), ...more);
  const byControl = (name: string, ...more: string[]) =>
    gate(at(name), '--baseline', baseline(), '--control', 'pinned', '--no-confirm', ...more);

  beforeAll(async () => {
    const pair = ['pinned', 'twin'];
    for (let i = 0; i < 11; i++) await run(day(i), { ...month(i), targets: pair });
    await run('today', { ...month(30), targets: pair });
    await run('slow-day', { ...month(31), targets: pair, slower: { 'twin@syd': 1.5 } });
  });

  test('below ten, report only; from ten on, judged', async () => {
    const first = await accept(day(0));
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('1 accepted run; 9 more before a gate judges by them');
    for (let i = 1; i < 9; i++) expect((await accept(day(i))).code).toBe(0);
    const shown = await byControl('slow-day');
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('not judged');
    await accept(day(9));
    await accept(day(10), '--json');
    const quiet = await byControl('today', '--json');
    expect(json(quiet.stdout).regression).toMatchObject({ method: 'control', accepted: 11 });
    expect(quiet.code).toBe(0);
    const slow = await byControl('slow-day');
    expect(slow.code).toBe(5);
    expect(slow.stdout).toMatch(/syd p50 .*slower ▲ unconfirmed/);
    // A run that was accepted is not judged against itself.
    const again = await byControl(day(10), '--json');
    expect(json(again.stdout).regression).toMatchObject({ accepted: 10 });
  });

  test('the same run twice changes nothing in the file', async () => {
    const file = join(baseline(), 'baseline.json');
    const before = await readFile(file, 'utf8');
    const { stdout } = await accept(day(10), '--json');
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(JSON.parse(stdout)).toMatchObject({ accepted: day(10), fixed: day(0) });
  });

  test('without a control judge nothing, and say why', async () => {
    const { code, stderr } = await gate(at('today'), '--baseline', baseline());
    expect(code).toBe(2);
    expect(stderr).toContain('of other days');
    expect(stderr).toContain('--control');
  });

  test('of other conditions are refused, judging and accepting, unless allowed', async () => {
    await run('nine', { targets: ['pinned', 'twin'], seed: 90 });
    const manifest = join(at('nine'), 'manifest.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace('"QUERIES": "3"', '"QUERIES": "9"'));
    for (const refused of [await byControl('nine'), await accept('nine')]) {
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('QUERIES of search: 3 and 9');
    }
    const allowed = await byControl('nine', '--allow-mixed');
    expect(allowed.stdout).toContain('QUERIES of search: 3 and 9');
    expect(allowed.code).not.toBe(2);
  });

  test('are never untrustworthy, short or incomplete', async () => {
    const off = await accept('off');
    expect(off.code).toBe(3);
    expect(off.stderr).toContain('not trustworthy enough');
    expect((await accept('few')).code).toBe(3);
    const gap = await accept('gap');
    expect(gap.code).toBe(2);
    expect(gap.stderr).toContain('Nothing was measured from ord');
  });

  test('are not one run of another day, nor a folder that is not there', async () => {
    const other = await gate(at('today'), '--baseline', at('quiet'));
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('27 % false alarms');
    expect(other.stderr).toContain('--baseline-target');
    const none = await gate(at('today'), '--baseline', at('nowhere'), '--control', 'pinned');
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('holds no baseline');
    expect(none.stderr).toContain('--accept');
  });

  test.skipIf(process.platform !== 'linux')('are refused where no folder can be made', async () => {
    const { code, stderr } = await gate(at('today'), '--accept', '--baseline', '/proc/none/here');
    expect(code).toBe(1);
    expect(stderr).toContain('Could not make the folder /proc/none/here');
  });

  test('that are damaged are said to be', async () => {
    const damaged = at('damaged');
    await gate(at('today'), '--accept', '--baseline', damaged);
    await appendFile(join(damaged, 'baseline.json'), '}');
    const { code, stderr } = await gate(at('today'), '--baseline', damaged, '--control', 'pinned');
    expect(code).toBe(2);
    expect(stderr).toContain('is damaged (it is not JSON)');
    expect(stderr).not.toContain('    at ');
  });
});

describe('formats', () => {
  test('github writes annotations, and the job summary where there is one', async () => {
    const file = await budgets('narrow', '[bench.budgets]\np50 = 200\n');
    const summary = at('summary.md');
    await writeFile(summary, 'before\n');
    const args = ['gate', at('quiet'), '--config', file, '--format', 'github'];
    const { code, stdout } = await benchHere(args, { GITHUB_STEP_SUMMARY: summary });
    expect(code).toBe(4);
    expect(stdout).toMatch(/^::error title=median of single-region at syd::/);
    expect(await readFile(summary, 'utf8')).toMatch(/^before\n## ❌ Gate failed/);
  });

  test('unknown ones are refused', async () => {
    const { code, stderr } = await gate(at('quiet'), '--format', 'juint');
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean junit?');
  });
});

test('a gate that would look at nothing is refused, not passed', async () => {
  const file = await budgets('other', '[bench.budgets.targets.read-replicas]\np50 = 1\n');
  for (const args of [
    [at('quiet'), '--config', file],
    [at('slow'), '--baseline-target', 'pinned', '--candidate', ','],
  ]) {
    const { code, stdout, stderr } = await gate(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Nothing in this run can be judged');
  }
});

test('nothing to judge by is refused with the fix', async () => {
  const { code, stderr } = await gate(at('quiet'));
  expect(code).toBe(2);
  expect(stderr).toContain('There is nothing to judge by');
  expect(stderr).toContain('[bench.budgets]');
});
