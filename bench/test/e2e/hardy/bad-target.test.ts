import { expect, test } from 'vitest';
import type { Manifest } from '../../../samples/manifest.ts';
import { readRun, runFromParis } from '../../support/run-from-paris.ts';
import { slowServer } from '../../support/slow-server.ts';

const short = ['--rounds', '1', '--duration', '6s'];

test('a target too slow for the load makes the run untrustworthy: exit 3, with the numbers', async () => {
  const { url } = await slowServer(3000);
  const { code, stdout } = await (await runFromParis(['--target', `mine=${url}`, ...short])).ended;
  expect(code).toBe(3);
  expect(stdout).toMatch(/could not start \d+ of \d+ iterations in time/);
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
