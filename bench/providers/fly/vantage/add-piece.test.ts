import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPiece } from './add-piece.ts';
import { segmentsIn } from './packed-segments.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-add-piece-'));
  file = join(folder, 'rows.csv.gz');
});
afterAll(() => rm(folder, { recursive: true }));

const header = 'metric_name,timestamp,metric_value,error_code,status,extra_tags,metadata\n';
/** Rows of one segment, at times of their own. */
const rowsOf = (segment: number, shiftUs = 0): string =>
  [0, 1, 2]
    .map(
      (i) =>
        `x,${1_795_265_140_000_000 + 10 * segment + i + shiftUs},1.000000,,,round=${segment},\n`,
    )
    .join('');
const packed = (rows: string): Buffer => gzipSync(rows.replace(/^(?=.)/gm, '"'));
const gzips = (...texts: string[]): Buffer => Buffer.concat(texts.map((text) => gzipSync(text)));
const piece = Buffer.concat([packed(rowsOf(2)), packed(rowsOf(3)), packed(rowsOf(4))]);
const rows = async (): Promise<string> => gunzipSync(await readFile(file)).toString();
const all = header + [1, 2, 3, 4].map((segment) => rowsOf(segment)).join('');

test.each([
  ['the rows before it', [header, rowsOf(1)]],
  ['some of its rows too, as the writer was killed', [header, rowsOf(1), rowsOf(2)]],
  ['all of its rows', [header, rowsOf(1), rowsOf(2), rowsOf(3), rowsOf(4)]],
])('a piece is added to %s', async (_, texts) => {
  await writeFile(file, gzips(...texts));
  await addPiece(file, piece, 0);
  expect(await rows()).toBe(all);
});

test('what was written last may break off anywhere', async () => {
  const before = gzips(header, rowsOf(1), rowsOf(2));
  const broken = gzips(rowsOf(3));
  for (let bytes = 1; bytes < broken.length; bytes += 7) {
    await writeFile(file, before);
    await appendFile(file, broken.subarray(0, bytes));
    await addPiece(file, piece, 0);
    expect(await rows()).toBe(all);
  }
});

test('where nothing else is, it stands alone', async () => {
  await rm(file, { force: true });
  await addPiece(file, piece, 0);
  expect(await rows()).toBe(header + rowsOf(2) + rowsOf(3) + rowsOf(4));
  await writeFile(file, '');
  await addPiece(file, Buffer.concat([packed(header + rowsOf(1)), piece]), 0);
  expect(await rows()).toBe(all);
});

test('its times are moved', async () => {
  await writeFile(file, gzips(header, rowsOf(1)));
  await addPiece(file, packed(rowsOf(2)), -3000);
  expect(await rows()).toBe(header + rowsOf(1) + rowsOf(2, -3000));
});

test('a damaged piece leaves the file as it was', async () => {
  await writeFile(file, gzips(header, rowsOf(1)));
  const damages = [
    Buffer.concat([piece, Buffer.from('more')]),
    piece.subarray(0, piece.length - 3),
    Buffer.from(piece.map((byte, i) => (i === piece.length - 20 ? byte ^ 1 : byte))),
  ];
  for (const damaged of damages)
    await expect(addPiece(file, damaged, 0)).rejects.toThrow('packed rows are damaged');
  expect(await rows()).toBe(header + rowsOf(1));
});

test('segments are told apart', () => {
  const texts = ['', 'a', 'R\n"\n'.repeat(50_000)];
  expect([...segmentsIn(gzips(...texts))]).toEqual(texts);
});
