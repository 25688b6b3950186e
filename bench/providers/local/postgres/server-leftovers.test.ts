import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeServerLeftovers, segmentIn } from './server-leftovers.ts';

const pidFile = (line: string) =>
  ['71', '/data', '1764316800', '20471', '', '127.0.0.1', line, 'ready   ', ''].join('\n');

test('reads key and id of the segment', () => {
  expect(segmentIn(pidFile('  10305517    426022'))).toEqual({ key: 10305517, id: 426022 });
});

test.each(['', 'x y', '1', '-1 2', '1 2 3', '1;reboot 2'])('of "%s" it makes nothing', (line) => {
  expect(segmentIn(pidFile(line))).toBeUndefined();
});

test('leaves alone what an old file names by a number that nobody has', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'leftovers-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const dataDir = join(folder, 'postgres', 'a');
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, 'PG_VERSION'), '18\n');
  await writeFile(join(dataDir, 'postmaster.pid'), pidFile('1 2147483647'));
  await removeServerLeftovers(folder);
  await removeServerLeftovers(join(folder, 'not-there'));
});
