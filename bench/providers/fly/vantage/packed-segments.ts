import { crc32, inflateRawSync, type InputType, type ZlibOptions } from 'node:zlib';

/** A gzip header without a name or anything else beyond its ten bytes. */
const magic = Buffer.from([0x1f, 0x8b, 8, 0]);
const [headBytes, tailBytes] = [10, 8];

/** The texts of the packed segments in a piece, one after the other. Throws where it is damaged. */
export function* segmentsIn(piece: Buffer): Generator<string> {
  for (let at = 0; at < piece.length;) {
    if (!piece.subarray(at, at + magic.length).equals(magic)) throw damaged(at);
    const { buffer, engine } = inflate(piece.subarray(at + headBytes), at);
    const end = at + headBytes + engine.bytesWritten + tailBytes;
    if (end > piece.length || piece.readUInt32LE(end - tailBytes) !== crc32(buffer))
      throw damaged(at);
    yield buffer.toString('latin1');
    at = end;
  }
}

/** Up to the end of one member, and how many bytes that took. */
type Inflate = (
  from: InputType,
  options: ZlibOptions,
) => { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };

function inflate(from: Buffer, at: number): ReturnType<Inflate> {
  try {
    return (inflateRawSync as unknown as Inflate)(from, { info: true });
  } catch (cause) {
    throw damaged(at, cause);
  }
}

const damaged = (at: number, cause?: unknown): Error =>
  new Error(`packed rows are damaged at byte ${at}`, { cause });
