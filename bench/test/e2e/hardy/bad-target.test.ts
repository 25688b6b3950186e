import { expect, test } from 'vitest';
import type { Manifest } from '../../../samples/manifest.ts';
import { readRun, runFromParis } from '../../support/run-from-paris.ts';
import { slowServer } from '../../support/slow-server.ts';

const short = ['--rounds', '1', '--duration', '6s'];

test('a target that answers in 3 s is measured: exit 0, about 3000 ms', async () => {
  const { url } = await slowServer(3000);
  const running = await runFromParis(['--target', `mine=${url}`, '--rounds', '1', '--rate', '4']);
  const { code, stdout } = await running.ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(/mine answers in 3\d{3} ms/);
});

test('a target that no longer answers is known from below only: exit 3, with the sentence', async () => {
  // It answers the first look, and nothing afterwards.
  const { url } = await slowServer(5, { at: 6, forMs: 600_000 });
  const args = ['--target', `mine=${url}`, '--rounds', '1', '--rate', '2'];
  const { code, stdout } = await (await runFromParis(args)).ended;
  expect(code).toBe(3);
  expect(stdout).toMatch(/^This run is not trustworthy, as mine did not answer within/);
  expect(stdout).not.toMatch(/mine answers in \d/);
});

test('a target that refuses is told so before anything is measured: exit 2', async () => {
  const { url, close } = await slowServer(5);
  close();
  const { code, stdout, stderr } = await (
    await runFromParis(['--target', `mine=${url}`, ...short])
  ).ended;
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain("can't be reached: nothing listens there\n  fix Start the app");
});

test('beside a good target it takes nothing from that one: exit 6, and the reason', async () => {
  const [good, dead] = [await slowServer(5), await slowServer(5)];
  dead.close();
  const targets = ['--target', `good=${good.url}`, '--target', `dead=${dead.url}`];
  const running = await runFromParis([...targets, '--rounds', '2', '--duration', '8s']);
  const { code, stdout } = await running.ended;
  expect(code).toBe(6);
  expect(stdout).toMatch(/^cdg \S+, \S+ +\d.* –$/m);
  expect(stdout).toContain(`dead was not measured: ${dead.url} can't be reached`);
  const { plan, state, warnings } = await readRun<Manifest>(running, 'manifest.json');
  expect([state, plan.blocks.map(({ target }) => target)]).toEqual(['partial', ['good', 'good']]);
  expect(warnings[0]).toMatchObject({ code: 'target-failed', target: 'dead' });
});
