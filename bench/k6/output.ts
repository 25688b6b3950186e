import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BenchError, messageOf } from '../base/errors.ts';
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
}

const CHUNK = 256 * 1024;

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
  const broken = await pour(file, reader);
  const { cut } = reader.end();
  const { rows, requests, unreadable } = reader;
  return { rows, requests, unreadable, truncated: broken || cut };
}

/** Feeds the whole file to the reader; true if the compressed data broke off. */
function pour(file: string, reader: CsvReader): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let broken = false;
    const source = createReadStream(file, { highWaterMark: CHUNK });
    const target = parsing(reader)
      .on('finish', () => {
        resolve(broken);
      })
      .on('error', (error) => {
        source.destroy();
        reject(error);
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
function parsing(reader: CsvReader): Writable {
  return new Writable({
    highWaterMark: 4 * CHUNK,
    write(chunk: Buffer, _encoding, done) {
      setImmediate(() => {
        try {
          reader.feed(chunk);
          done();
        } catch (error) {
          done(error as Error);
        }
      });
    },
  });
}

function unreadable(file: string, cause: Error): BenchError {
  return new BenchError(
    'fault',
    `The samples in ${file} can't be read: ${messageOf(cause)}.`,
    'Check that the file is there and may be read, and that the disk is sound.',
    { cause },
  );
}
