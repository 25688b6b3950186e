import type { FileHandle } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BenchError, messageOf } from '../base/errors.ts';
import { openRegular } from '../base/regular-file.ts';
import type { SampleSink } from '../samples/extra.ts';
import { CsvReader } from './output/reader.ts';

/** How the reading of one file went. */
export interface ReadResult {
  /** Rows after the header. */
  readonly rows: number;
  /** Samples delivered. */
  readonly requests: number;
  /**
   * Broken rows, and requests that lack a row or a part of their block's tags; never guessed, never delivered. Requests
   * of a script's setup and teardown have none of these tags, and are not among them.
   */
  readonly unreadable: number;
  /** The file ends early (k6 was killed, the disk was full); all before the break was delivered. */
  readonly truncated: boolean;
  /** Why nothing was read beyond some point, as part of a sentence; absent where all was. It is `truncated` then too. */
  readonly stopped?: string;
}

const CHUNK = 256 * 1024;
const MEBIBYTE = 2 ** 20;

/** What k6 writes packs to a 10th or a 25th, with names of 500 characters in every row to a 70th; a bomb to a 1000th. */
const mostUnpackedPerPacked = 250;
/** Small files are spared that look. */
const alwaysUnpacked = 64 * MEBIBYTE;
/** About 40 million requests. */
const mostUnpacked = 64 * 1024 * MEBIBYTE;
/** So many broken rows, most of all that there are: whatever the file is, k6 did not write it. */
const mostUnreadable = 100_000;

/**
 * Reads what k6 wrote with `--out csv=FILE` (`.gz` or plain, any of its Unix time formats) and hands over every
 * request and every row of a script's own metrics. A virtual user's samples come in order; those of different users
 * nearly so. Memory does not grow with the file.
 * Throws a BenchError (fault) if the file can't be read or is not k6's.
 */
export async function readSamples(
  file: string,
  vantage: string,
  sink: SampleSink,
): Promise<ReadResult> {
  const reader = new CsvReader(vantage, sink);
  const handle = await openRegular(file).catch((error: unknown) => {
    throw error instanceof BenchError ? error : unreadable(file, error);
  });
  const { broken, stopped } = await pour(handle, file, reader).finally(() => handle.close());
  const { cut } = reader.end();
  const { rows, requests, unreadable: damaged } = reader;
  return {
    ...{ rows, requests, unreadable: damaged },
    truncated: broken || cut || stopped !== undefined,
    ...(stopped === undefined ? {} : { stopped }),
  };
}

interface Poured {
  /** The compressed data broke off. */
  readonly broken: boolean;
  readonly stopped?: string;
}

/** Feeds the whole file to the reader, unless that would lead nowhere. */
function pour(handle: FileHandle, file: string, reader: CsvReader): Promise<Poured> {
  return new Promise((resolve, reject) => {
    let broken = false;
    const source = handle.createReadStream({ highWaterMark: CHUNK, autoClose: false });
    const packed = () => (file.endsWith('.gz') ? source.bytesRead : Infinity);
    const target = parsing(reader, packed)
      .on('finish', () => {
        resolve({ broken });
      })
      .on('error', (error) => {
        source.destroy();
        if (error instanceof Stopped) resolve({ broken, stopped: error.message });
        else reject(error);
      });
    source.on('error', (error) => {
      reject(unreadable(file, error));
    });
    if (!file.endsWith('.gz')) {
      source.pipe(target);
      return;
    }
    const gunzip = createGunzip({ chunkSize: CHUNK }).on('error', () => {
      // What was unpacked before the break is already on its way to the target.
      broken = true;
      target.end();
    });
    source.pipe(gunzip).pipe(target);
  });
}

/** Parses a chunk only in the next turn of the loop, so that zlib's thread unpacks the following one meanwhile. */
function parsing(reader: CsvReader, packed: () => number): Writable {
  let unpacked = 0;
  return new Writable({
    highWaterMark: 4 * CHUNK,
    write(chunk: Buffer, _encoding, done) {
      setImmediate(() => {
        try {
          unpacked += chunk.length;
          reader.feed(chunk);
          const why = whyStop(reader, unpacked, packed());
          done(why === undefined ? null : new Stopped(why));
        } catch (error) {
          done(error as Error);
        }
      });
    },
  });
}

/** Not an error: what was read before counts. */
class Stopped extends Error {}

function whyStop(
  { rows, unreadable: damaged }: CsvReader,
  unpacked: number,
  packed: number,
): string | undefined {
  if (damaged > mostUnreadable && damaged > rows / 2) return `holds ${damaged} broken rows`;
  if (unpacked > mostUnpacked) return `unpacks to more than ${mostUnpacked / MEBIBYTE} MiB`;
  if (unpacked > alwaysUnpacked && unpacked > mostUnpackedPerPacked * packed)
    return `unpacks to more than ${mostUnpackedPerPacked} times its size`;
  return undefined;
}

function unreadable(file: string, cause: unknown): BenchError {
  return new BenchError(
    'fault',
    `The samples in ${file} can't be read: ${messageOf(cause)}.`,
    'Check that the file is there and may be read, and that the disk is sound.',
    { cause },
  );
}
