import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendRows } from './append-rows.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'bench-append-'))));
afterEach(() => rm(folder, { recursive: true }));

async function files(second: Buffer): Promise<{ from: string; to: string }> {
  const to = join(folder, 'a.csv.gz');
  const from = join(folder, 'b.csv.gz');
  await writeFile(to, gzipSync('header\n1\n'));
  await writeFile(from, second);
  return { from, to };
}

test('what unpacks is one table with one header', async () => {
  const { from, to } = await files(gzipSync('header\n2\n3\n'));
  await appendRows(from, to);
  expect(gunzipSync(await readFile(to)).toString()).toBe('header\n1\n2\n3\n');
});

test('rows up to a break are kept, and the file ends well', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `${i * 7919}`).join('\n');
  const whole = gzipSync(`header\n${rows}\n`);
  const { from, to } = await files(whole.subarray(0, whole.length >> 1));
  await appendRows(from, to);
  const text = gunzipSync(await readFile(to)).toString();
  expect(text.startsWith('header\n1\n0\n7919\n')).toBe(true);
  expect(text.length).toBeGreaterThan(10_000);
});

test('a file that is not there is an error', async () => {
  const { to } = await files(Buffer.alloc(0));
  await expect(appendRows(join(folder, 'none'), to)).rejects.toThrow('ENOENT');
});
