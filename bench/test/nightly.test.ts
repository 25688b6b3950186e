import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../base/package-root.ts';

const root = packageRoot();
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-nightly-'));
});
afterEach(() => rm(folder, { recursive: true }));

const script = (name: string) => join(root, 'scripts', 'nightly', `${name}.mjs`);

describe('the nightly issue', () => {
  /** Runs the script with a `gh` that notes what it is asked, and knows these open issues. */
  async function keepIssue(verdict: string, open: readonly number[]): Promise<string> {
    const [bin, log] = [join(folder, 'bin'), join(folder, 'log')];
    await mkdir(bin);
    const issues = JSON.stringify(open.map((number) => ({ number })));
    await writeFile(
      join(bin, 'gh'),
      `#!/bin/sh
printf '%s\\n' "$*" >> '${log}'
case "$2" in list) echo '${issues}' ;; create|comment) cat >> '${log}' ;; esac
`,
    );
    await chmod(join(bin, 'gh'), 0o755);
    await writeFile(join(folder, 'run-verdicts.md'), '| syd | slower |\n');
    const { status, stderr } = spawnSync(process.execPath, [script('keep-issue')], {
      encoding: 'utf8',
      env: {
        ...{
          PATH: `${bin}:${process.env['PATH'] ?? ''}`,
          VERDICT: verdict,
          RUN: join(folder, 'run'),
        },
        ...{
          GITHUB_SERVER_URL: 'https://github.com',
          GITHUB_REPOSITORY: 'me/app',
          GITHUB_RUN_ID: '5',
        },
      },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return readFile(log, 'utf8').catch(() => '');
  }

  test('is opened when the gate fails, with the verdicts and the way to the job', async () => {
    const asked = await keepIssue('fail', []);
    expect(asked).toContain('label create nightly-gate --force');
    expect(asked).toContain('issue create --title The nightly gate fails --label nightly-gate');
    expect(asked).toContain('It failed: https://github.com/me/app/actions/runs/5');
    expect(asked).toContain('| syd | slower |');
  });

  test('is commented, not opened twice', async () => {
    const asked = await keepIssue('fail', [12]);
    expect(asked).toContain('issue comment 12 --body-file -');
    expect(asked).toContain('It failed again: https://github.com/me/app/actions/runs/5');
    expect(asked).not.toContain('issue create');
  });

  test('is closed when the gate passes', async () => {
    expect(await keepIssue('pass', [12])).toContain('issue close 12 --comment It passes again: ');
  });

  test.each([
    ['pass', 1],
    ['untrustworthy', 0],
    ['partial', 0],
  ])('stays as it is after %s with nothing to do', async (verdict, calls) => {
    const asked = await keepIssue(verdict, []);
    expect(asked.split('\n').filter((line) => line !== '')).toHaveLength(calls);
  });
});

describe('the provider', () => {
  test.each([
    ['', 'local', 'reports/baseline'],
    ['a token', 'fly', 'reports/baseline-fly'],
  ])('with the token "%s" is %s, with a baseline of its own', async (token, provider, baseline) => {
    const output = join(folder, 'output');
    const { stdout } = spawnSync(process.execPath, [script('choose-provider')], {
      encoding: 'utf8',
      env: { ...process.env, FLY_API_TOKEN: token, GITHUB_OUTPUT: output },
    });
    expect(stdout).toBe(`provider: ${provider}\n`);
    expect(await readFile(output, 'utf8')).toBe(`provider=${provider}\nbaseline=${baseline}\n`);
  });
});

describe('on Fly', () => {
  /** What a script of the night asks of `bench`, of which only a fake is there. */
  async function asked(name: string, env: NodeJS.ProcessEnv): Promise<string> {
    await mkdir(join(folder, 'dist'));
    const log = join(folder, 'log');
    const fake = `import { writeFileSync } from 'node:fs';
writeFileSync(${JSON.stringify(log)}, process.argv.slice(2).join(' '));
`;
    await writeFile(join(folder, 'dist', 'bench.mjs'), fake);
    const { status } = spawnSync(process.execPath, [script(name)], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    expect(status).toBe(0);
    return readFile(log, 'utf8');
  }

  test('a night measures for real, up to a price', async () => {
    const words = await asked('measure', {
      PROVIDER: 'fly',
      MAX_COST: '2',
      RUN: 'r',
      BENCH_ARGS: '',
    });
    expect(words).toBe('run --profile standard --provider fly --out r --max-cost 2');
  });

  test('a night on this machine has no price', async () => {
    const words = await asked('measure', { PROVIDER: 'local', RUN: 'r', BENCH_ARGS: '--seed 1' });
    expect(words).toBe('run --profile standard --provider local --out r --seed 1');
  });

  test('what is measured again has the same limit', async () => {
    const words = await asked('judge', {
      ...{ MAX_COST: '2', RUN: 'r', CONTROL: '', BASELINE: '' },
      ...{ GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') },
    });
    expect(words).toBe('gate r --format github --inconclusive pass --max-cost 2');
  });

  test('what is left is destroyed', async () => {
    expect(await asked('clean', {})).toBe('clean');
  });
});

interface Workflow {
  readonly on: { readonly schedule?: readonly { readonly cron: string }[] };
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly 'timeout-minutes'?: number;
        readonly permissions?: Readonly<Record<string, string>>;
        readonly steps: readonly {
          readonly uses?: string;
          readonly run?: string;
          readonly if?: string;
        }[];
      }
    >
  >;
}

describe('the workflows', async () => {
  const dir = join(root, '.github', 'workflows');
  const names = await readdir(dir);
  const workflows = await Promise.all(
    names.map(
      async (name) => [name, parse(await readFile(join(dir, name), 'utf8')) as Workflow] as const,
    ),
  );

  test.each(workflows)('%s may do little, ends in time, and pins its actions', (_, workflow) => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.concurrency).toBeDefined();
    for (const job of Object.values(workflow.jobs)) {
      expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
      expect({ contents: 'read', issues: 'write', ...job.permissions }).toEqual({
        contents: 'read',
        issues: 'write',
      });
      for (const { uses } of job.steps)
        if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w/-]+@[0-9a-f]{40}$/);
    }
  });

  test.each(workflows)('%s only names programs: a step is one line', async (_, workflow) => {
    const runs = Object.values(workflow.jobs).flatMap(({ steps }) =>
      steps.flatMap(({ run }) => run ?? []),
    );
    expect(runs.length).toBeGreaterThan(1);
    for (const run of runs) {
      expect(run).toMatch(/^(npm ci|npm test|npm run \w+|node scripts\/[\w/-]+\.mjs)$/);
      const [, file] = /^node (\S+)$/.exec(run) ?? [];
      if (file !== undefined)
        await expect(readFile(join(root, file), 'utf8')).resolves.not.toBe('');
    }
  });

  test('the nightly one destroys what is left, however it ends', () => {
    const steps = workflows.flatMap(([, { jobs }]) =>
      Object.values(jobs).flatMap((job) => job.steps),
    );
    const cleaning = steps.filter(({ run }) => run === 'node scripts/nightly/clean.mjs');
    expect(cleaning).toHaveLength(1);
    expect(cleaning[0]?.if).toMatch(/^always\(\) && /);
  });

  test('the nightly one starts at an odd minute', () => {
    const crons = workflows.flatMap(([, { on }]) => on.schedule?.map(({ cron }) => cron) ?? []);
    expect(crons).toHaveLength(1);
    const minute = Number(crons[0]?.split(' ')[0]);
    expect(minute % 2).toBe(1);
    expect(minute % 15).not.toBe(0);
  });
});
