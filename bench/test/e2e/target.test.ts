import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isUntrustworthy } from '../../base/distrust.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { startBench, type Ended } from '../support/bench.ts';
import { lowerDeciles } from '../support/lower-deciles.ts';
import { slowServer } from '../support/slow-server.ts';

const short = ['--regions', 'cdg', '--rounds', '1', '--duration', '6s', '--out', 'run'];

test('any HTTP service can be measured, without a world', async () => {
  const url = await serve(5);
  const { ended, folder } = await run(['--target', `mine=${url}`, ...short]);
  await expectRightCode(ended, folder);
  expect(ended.stderr).not.toContain('Starting the databases');
  expect(ended.stdout).toContain('no distance is emulated');
  const low = await lowerDeciles(join(folder, 'run'));
  expect(low('mine', 'cdg')).toBeGreaterThan(4.5);
  // The instrument adds well below 1 ms; a loaded machine adds more.
  expect(low('mine', 'cdg')).toBeLessThan(30);
});

test("two deployments are told apart, with the user's own script", async () => {
  const [fast, slow] = [await serve(5), await serve(60)];
  const script = await scriptFile('flow.ts');
  await writeFile(
    script,
    `import http from 'k6/http';
     import { check } from 'k6';
     interface Page { status: number }
     export default function (): void {
       const page: Page = http.get(\`\${__ENV['TARGET_URL'] ?? ''}/page\`);
       check(page, { ok: ({ status }) => status === 200 });
     }`,
  );
  const targets = ['--target', `fast=${fast}`, '--target', `slow=${slow}`, '--script', script];
  const { ended, folder } = await run([...targets, ...short, '--duration', '11s']);
  await expectRightCode(ended, folder);
  const low = await lowerDeciles(join(folder, 'run'));
  expect(low('fast', 'cdg')).toBeLessThan(30);
  expect(low('slow', 'cdg')).toBeGreaterThan(59);
});

const serve = async (ms: number): Promise<string> => (await slowServer(ms)).url;

async function scriptFile(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-script-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, name);
}

async function run(args: readonly string[]): Promise<{ ended: Ended; folder: string }> {
  const running = await startBench(['run', ...args]);
  running.child.stdin.end();
  return { ended: await running.ended, folder: running.folder };
}

/** 0, or 3 if the machine was too restless to be trusted. */
async function expectRightCode({ code }: Ended, folder: string): Promise<void> {
  const text = await readFile(join(folder, 'run', 'manifest.json'), 'utf8');
  const { state, warnings } = JSON.parse(text) as Manifest;
  expect(state).toBe('complete');
  expect(code).toBe(warnings.some(isUntrustworthy) ? 3 : 0);
}
