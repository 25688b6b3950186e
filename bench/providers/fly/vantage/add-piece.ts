import { createReadStream, existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, createGunzip, gzip } from 'node:zlib';
import type { UnixMicros } from '../../../base/units.ts';
import { appendOwn } from '../../../samples/append-own.ts';
import { unfinishedBeside } from '../../../samples/write-whole.ts';
import { segmentsIn } from './packed-segments.ts';
import { unpackSegment } from './unpack.ts';

/** k6's own, for rows whose beginning nobody has. */
const header = 'metric_name,timestamp,metric_value,error_code,status,extra_tags,metadata';
/** Lines that are packed together. */
const mostLines = 50_000;

/**
 * Adds the rows of a piece of packed segments to a rows file that has those before it, and perhaps some of the piece's
 * own or the beginning of one: whoever wrote it was killed. Throws, with the file as it was, if the piece is damaged.
 */
export async function addPiece(file: string, piece: Buffer, shiftUs: UnixMicros): Promise<void> {
  const unfinished = unfinishedBeside(file);
  try {
    await writeFile(unfinished, '', { flag: 'wx' });
    const last = await copyLines(file, unfinished);
    const rows = () => unpacked(piece, shiftUs);
    let known = last !== undefined && hasLine(rows(), last);
    if (last === undefined && piece.length > 0 && !startsWithHeader(rows()))
      await add(unfinished, `${header}\n`);
    for (const text of rows()) {
      const end = known && last !== undefined ? endOf(last, text) : 0;
      if (end === undefined) continue;
      known = false;
      await add(unfinished, text.slice(end));
    }
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}

function* unpacked(piece: Buffer, shiftUs: UnixMicros): Generator<string> {
  for (const segment of segmentsIn(piece)) yield unpackSegment(segment, shiftUs);
}

/** One text at a time, as a piece may unpack to hundreds of megabytes. */
function hasLine(texts: Iterable<string>, line: string): boolean {
  for (const text of texts) if (endOf(line, text) !== undefined) return true;
  return false;
}

/** Where in the text the line ends; undefined if it is not there. */
function endOf(line: string, text: string): number | undefined {
  const at = `\n${text}`.indexOf(`\n${line}\n`);
  return at === -1 ? undefined : at + line.length + 1;
}

const startsWithHeader = (rows: Generator<string>): boolean =>
  (rows.next().value as string | undefined)?.startsWith('metric_name,') === true;

const add = async (file: string, text: string): Promise<void> => {
  if (text !== '') await appendOwn(file, await promisify(gzip)(Buffer.from(text, 'latin1')));
};

/** Copies whole lines up to a break, if there is one; the last of them. */
async function copyLines(from: string, to: string): Promise<string | undefined> {
  let last: string | undefined;
  let lines: string[] = [];
  for await (const line of wholeLines(from)) {
    lines.push((last = line));
    if (lines.length < mostLines) continue;
    await add(to, `${lines.join('\n')}\n`);
    lines = [];
  }
  if (lines.length > 0) await add(to, `${lines.join('\n')}\n`);
  return last;
}

async function* wholeLines(file: string): AsyncGenerator<string> {
  if (!existsSync(file)) return;
  let begun = '';
  const unpacked = unbrokenGunzip();
  // A pipe passes no error on, and one that nobody hears ends the program.
  createReadStream(file)
    .on('error', (error) => unpacked.destroy(error))
    .pipe(unpacked);
  for await (const chunk of unpacked) {
    const lines = (begun + (chunk as Buffer).toString('latin1')).split('\n');
    begun = lines.pop() ?? '';
    yield* lines;
  }
}

/** Ends where its input does. */
const unbrokenGunzip = () => createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
