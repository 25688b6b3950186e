import { expect, test } from 'vitest';
import { runFromParis } from '../../support/run-from-paris.ts';
import { slowServer } from '../../support/slow-server.ts';

const short = ['--rounds', '1', '--duration', '6s'];

test('a target too slow for the load makes the run untrustworthy: exit 3, with the numbers', async () => {
  const { url } = await slowServer(3000);
  const { code, stdout } = await (await runFromParis(['--target', `mine=${url}`, ...short])).ended;
  expect(code).toBe(3);
  expect(stdout).toMatch(/could not start \d+ of \d+ iterations in time/);
});

test('a target that refuses is told so', async () => {
  const { url, close } = await slowServer(5);
  close();
  const { code, stdout } = await (await runFromParis(['--target', `mine=${url}`, ...short])).ended;
  expect(code).toBe(3);
  expect(stdout).toContain('connection refused');
});
