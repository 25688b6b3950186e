import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureK6 } from '../../k6/install.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { atTheEnd, benchProgram, plainEnv, startAttacked } from '../support/attacked-run.ts';

const header = 'metric_name,timestamp,metric_value,error_code,status,extra_tags,metadata';

/** A k6 that says its version as the real one does, and ends well after writing what it likes. */
async function lyingK6(folder: string, writes: string): Promise<string> {
  const silent = { note: () => undefined, progress: () => undefined };
  const { path } = await ensureK6(silent, new AbortController().signal);
  const file = join(folder, 'k6');
  await writeFile(
    file,
    `#!/bin/sh\n[ "$1" = version ] && exec "${path}" "$@"\n${writes}\nexit 0\n`,
  );
  await chmod(file, 0o755);
  return file;
}

test.concurrent.each([
  // One that stays to the end of its load, and one that does not.
  ['no file', 'sleep 12', 'left no rows'],
  ['an empty file', ': > "$K6_CSV_FILENAME"; sleep 12', 'its samples are empty'],
  ['a header', `echo ${header} > "$K6_CSV_FILENAME"`, 'before its load was over'],
  ['what is no table', 'head -c 9999 /dev/zero > "$K6_CSV_FILENAME"; sleep 12', /is not|k6/],
  [
    'one row',
    `(echo ${header}; echo vus,1,1,,,,) > "$K6_CSV_FILENAME"; sleep 12`,
    /left 1 rows of \d+ iterations/,
  ],
])('a k6 that ends well and writes %s makes no complete run', async (_, writes, why) => {
  const folder = await mkdtemp(join(tmpdir(), 'attack-k6-'));
  const server = createServer((_request, response) => response.end('ok'));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  atTheEnd(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const out = join(folder, 'run');
  const { ended } = startAttacked(
    process.execPath,
    [
      ...[benchProgram, 'run', '--target', `mine=${url}`, '--regions', 'cdg'],
      ...['--rounds', '1', '--out', out],
    ],
    {
      env: plainEnv(folder, { K6_PATH: await lyingK6(folder, writes) }),
      stdio: 'ignore',
    },
  );
  const { code } = await ended;
  expect(code).toBe(6);
  const { state, vantages } = JSON.parse(
    await readFile(join(out, 'manifest.json'), 'utf8'),
  ) as Manifest;
  expect(state).toBe('partial');
  expect(vantages['cdg']).toEqual({
    state: 'failed',
    reason: expect.stringMatching(why) as string,
  });
});
