import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { now } from './clock.ts';
import { DueTimes } from './due-times.ts';

const modules = {
  dueTimes: new URL('./due-times.ts', import.meta.url).href,
  clock: new URL('./clock.ts', import.meta.url).href,
};

/** As in the network process, where an exception of one connection ends nothing. */
const program = `
import { DueTimes } from '${modules.dueTimes}';
import { now } from '${modules.clock}';
process.on('uncaughtException', ({ message }) => console.log(message));
const times = new DueTimes();
const at = now() + 50;
times.at(at, () => { throw new Error('boom'); });
times.at(at, () => console.log('same time'));
times.at(at + 30, () => { console.log('later'); void times.close().then(() => process.exit()); });
setTimeout(() => { console.log('never'); process.exit(); }, 10_000);
`;

test('what throws at its time leaves all others theirs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'due-times-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'program.mts');
  await writeFile(file, program);
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', file]);
  expect(stdout).toBe('boom\nsame time\nlater\n');
});

test('a ring that is lost delays what was due, and no more', async () => {
  const times = new DueTimes(() => ({ set: () => undefined, close: () => Promise.resolve() }));
  await new Promise<void>((done) => {
    times.at(now() + 20, done);
  });
  await times.close();
});
