import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { UnixMicros } from '../../../base/units.ts';
import { makeFolders } from '../../../base/make-folders.ts';
import { appendOwn } from '../../../samples/append-own.ts';
import type { CpuReading, Poll, SegmentMark } from './poll.ts';
import { unpackSegment } from './unpack.ts';

/** What a poll tells that is to be kept. */
type News = Pick<Poll, 'segments' | 'readings' | 'bytes'>;

/** A segment that is damaged this often is so in the machine. */
const attempts = 3;

/**
 * Brings the rows of one part home: takes the bytes of packed segments as they come, and appends each segment that is
 * whole and sound to the rows file, in k6's own form. The file can be read at any time.
 */
export class Collector {
  readonly readings: CpuReading[] = [];
  /** All that the machine has closed by now. */
  segments = 0;
  /** Brought home, in packed bytes. */
  keptBytes = 0;
  private readonly rowsFile: string;
  /** By how much times are moved. */
  readonly shiftUs: UnixMicros;
  private readonly waiting: SegmentMark[] = [];
  private pending: Buffer = Buffer.alloc(0);
  /** The unpacking of what came last, during which the next bytes are on their way already. */
  private unpacking: Promise<void> = Promise.resolve();
  private damaged = 0;

  constructor(rowsFile: string, shiftUs: UnixMicros) {
    this.rowsFile = rowsFile;
    this.shiftUs = shiftUs;
  }

  /** Where the next bytes are to come from. */
  get offset(): number {
    return this.keptBytes + this.pending.length;
  }

  /** What the machine has and we have not. */
  get missing(): number {
    return this.waiting.reduce((sum, { bytes }) => sum + bytes, 0) - this.pending.length;
  }

  /** What of the missing bytes ends with a segment, up to so many. */
  wholeSegments(mostBytes: number): number {
    let end = -this.pending.length;
    let fitting = 0;
    for (const { bytes } of this.waiting) {
      end += bytes;
      if (end > 0 && end <= mostBytes) fitting = end;
    }
    return fitting > 0 ? fitting : this.missing;
  }

  /** Lets go of the beginning of a segment that came, so that the next bytes are those after the rows file's end. */
  async rewind(): Promise<void> {
    await this.unpacking;
    this.pending = Buffer.alloc(0);
  }

  /** An empty file in place of whatever was there. */
  async begin(): Promise<void> {
    await makeFolders(dirname(this.rowsFile));
    await rm(this.rowsFile, { force: true });
    await writeFile(this.rowsFile, '', { flag: 'wx' });
  }

  /**
   * Takes the answer of a poll that asked for bytes from `offset`; unpacks what is whole meanwhile.
   * Throws (late) if a segment comes damaged again and again, or can't be written.
   */
  async take({ segments, readings, bytes }: News, offset: number): Promise<void> {
    this.segments += segments.length;
    this.waiting.push(...segments);
    this.readings.push(...readings);
    await this.unpacking;
    // After damage the same bytes are wanted again, and those that were on their way do not fit.
    if (offset === this.offset && bytes.length > 0)
      this.pending = Buffer.concat([this.pending, bytes]);
    this.unpacking = this.unpack();
    this.unpacking.catch(() => undefined);
  }

  /** Until everything that came is in the file. */
  async settled(): Promise<void> {
    await this.unpacking;
  }

  private async unpack(): Promise<void> {
    for (;;) {
      const [mark] = this.waiting;
      if (mark === undefined || this.pending.length < mark.bytes) return;
      if (!(await this.keep(mark))) return;
    }
  }

  /** False if it is damaged, and to be fetched again with all that follows. */
  private async keep(mark: SegmentMark): Promise<boolean> {
    const packed = this.pending.subarray(0, mark.bytes);
    if (createHash('sha256').update(packed).digest('hex') !== mark.sha256) {
      this.pending = Buffer.alloc(0);
      if (++this.damaged < attempts) return false;
      throw new Error(`its samples come home damaged (segment at ${this.keptBytes} bytes)`);
    }
    const text = (await promisify(gunzip)(packed)).toString('latin1');
    const rows = Buffer.from(unpackSegment(text, this.shiftUs), 'latin1');
    await appendOwn(this.rowsFile, await promisify(gzip)(rows));
    // Together: what is asked for meanwhile depends on their sum.
    this.pending = this.pending.subarray(mark.bytes);
    this.keptBytes += mark.bytes;
    this.waiting.shift();
    this.damaged = 0;
    return true;
  }
}
