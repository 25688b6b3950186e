import { execFile } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../base/package-root.ts';

const { bin, scripts } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
  bin: { bench: string };
  scripts: Record<string, string>;
};

test('the command is linked to a file that is there before anything is built', () => {
  expect(bin.bench).toBe('bench/cli/launch.mjs');
  accessSync(join(packageRoot(), bin.bench), constants.X_OK);
  expect(scripts['prepare']).toBe('node scripts/prepare.mjs');
});

test('it says what to do before the build, and runs what was built afterwards', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'launch #1 100%?-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'bench', 'cli'), { recursive: true });
  const launcher = join(folder, bin.bench);
  await cp(join(packageRoot(), bin.bench), launcher);
  expect(await run(launcher)).toEqual({
    ...{ code: 2, stdout: '' },
    stderr: 'error bench is not built yet.\n  fix In its folder: npm ci && npm run build\n',
  });
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'dist', 'bench.mjs'), 'console.log(process.argv.slice(2).join())');
  expect(await run(launcher, 'regions', '--json')).toMatchObject({
    ...{ code: 0, stdout: 'regions,--json\n' },
  });
});

const run = (file: string, ...args: string[]) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [file, ...args], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
