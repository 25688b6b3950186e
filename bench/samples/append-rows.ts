import { createReadStream } from 'node:fs';
import { PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { openToAppend } from './append-own.ts';

/**
 * Appends the rows of one CSV file to another, each of them gzipped or plain, as its name says; to a gzipped one as a
 * further gzip member. The header is left out, so that what unpacks is one table; rows up to a break are kept. The other
 * file must end well: nothing can follow a break.
 */
export async function appendRows(from: string, to: string): Promise<void> {
  const end = await openToAppend(to);
  const rows = withoutFirstLine();
  const unpack = isPacked(from) ? createGunzip() : new PassThrough();
  unpack.on('error', () => {
    // What was unpacked before the break is already on its way.
    rows.end();
  });
  createReadStream(from)
    .on('error', (error) => rows.destroy(error))
    .pipe(unpack)
    .pipe(rows);
  const pack = isPacked(to) ? createGzip() : new PassThrough();
  await pipeline(rows, pack, end.createWriteStream());
}

const isPacked = (file: string): boolean => file.endsWith('.gz');
function withoutFirstLine(): Transform {
  let inHeader = true;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const end = inHeader ? chunk.indexOf(0x0a) + 1 : 0;
      if (inHeader && end === 0) {
        done();
        return;
      }
      inHeader = false;
      done(null, chunk.subarray(end));
    },
  });
}
