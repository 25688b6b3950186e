import type { UnixMicros } from '../../base/units.ts';
import type { SampleSink } from '../../samples/extra.ts';
import { readHeader, type Columns } from './columns.ts';
import { HeldRequests } from './held.ts';
import { readOrigin, type Origin } from './metadata.ts';
import { isPlausible, Metrics, type Known, type Metric } from './metrics.ts';
import { parseDecimal, parseUnixMicros, parseUsualDecimal, parseWhole } from './numbers.ts';
import { viewOf } from './prefix.ts';
import { OpenRequest } from './request.ts';
import { Row } from './row.ts';
import { TagCache } from './tags.ts';

const NEWLINE = 0x0a;
const QUOTE = 0x22;

/** In bytes; the longest that k6 writes for our own scripts has 600. Of a longer one nothing is believed. */
const longestRow = 64 * 1024;

/** Turns the bytes of k6's CSV into samples, whichever way they are cut into chunks. */
export class CsvReader {
  /** Rows after the header. */
  rows = 0;
  /** Requests delivered. */
  requests = 0;
  /** Broken rows, and requests that lack a row or a block. */
  unreadable = 0;
  private columns: Columns | undefined;
  private view = viewOf(Buffer.alloc(0));
  private rest: Buffer = Buffer.alloc(0);
  /** Within a row that is too long: all up to its end is left out. */
  private isSkipping = false;
  private readonly vantage: string;
  private readonly sink: SampleSink;
  private readonly row = new Row();
  private readonly metrics = new Metrics();
  private readonly tags = new TagCache();
  private readonly open = new OpenRequest();
  private readonly origin: Origin = { vu: NaN, iter: NaN };
  private readonly held: HeldRequests;

  constructor(vantage: string, sink: SampleSink) {
    this.vantage = vantage;
    this.sink = sink;
    this.held = new HeldRequests((sample) => {
      this.requests++;
      sink.sample(sample);
    });
  }

  /** Reads all rows that are complete by now. Throws a BenchError (fault) if the header is not k6's. */
  feed(chunk: Buffer): void {
    let from = this.isSkipping ? this.skip(chunk) : 0;
    if (this.rest.length > 0) {
      // Copies just the row that the two chunks share, unless a quoted line end is in it.
      from = chunk.indexOf(NEWLINE) + 1 || chunk.length;
      const shared = Buffer.concat([this.rest, chunk.subarray(0, from)]);
      this.rest = shared.subarray(this.readRows(shared));
    }
    if (this.rest.length > 0) this.rest = Buffer.concat([this.rest, chunk.subarray(from)]);
    else this.rest = chunk.subarray(from);
    this.rest = this.rest.subarray(this.readRows(this.rest));
  }

  /** The position after the row that is left out. */
  private skip(chunk: Buffer): number {
    const end = chunk.indexOf(NEWLINE);
    this.isSkipping = end === -1;
    return end === -1 ? chunk.length : end + 1;
  }

  /** Delivers what was held back; true if the bytes ended within a row or before the header. */
  end(): { readonly cut: boolean } {
    const cut = this.rest.length > 0 || this.columns === undefined;
    this.close();
    this.held.releaseAll();
    return { cut };
  }

  /** The position after the last complete row. */
  private readRows(bytes: Buffer): number {
    this.view = viewOf(bytes);
    let quote = find(bytes, QUOTE, 0);
    let from = 0;
    for (;;) {
      const end = find(bytes, NEWLINE, from);
      const isQuoted = quote < end;
      const next = isQuoted ? this.row.beginQuoted(bytes, from, longestRow) : end + 1;
      if (next === -1 || end === Infinity) {
        if (bytes.length - from <= longestRow) return from;
        from = this.giveUp(end, bytes);
        if (this.isSkipping) return from;
        quote = find(bytes, QUOTE, from);
        continue;
      }
      if (isQuoted) {
        quote = find(bytes, QUOTE, next);
        this.readRow();
      } else if (next - from > longestRow) this.giveUp(end, bytes);
      else {
        const known = this.guess(from);
        if (known === undefined || !this.readUsual(known, bytes, from, end)) {
          this.row.begin(bytes, from, end, this.columns?.head ?? 1);
          this.readRow(known);
        }
      }
      from = next;
    }
  }

  /**
   * Leaves out a row that is too long: maybe a quote is damaged, so that what follows the first line end is read as rows
   * again. Gives the position of that.
   */
  private giveUp(end: number, { length }: Buffer): number {
    this.close();
    this.rows++;
    this.unreadable++;
    this.isSkipping = end === Infinity;
    return this.isSkipping ? length : end + 1;
  }

  /** The metric of the row at `from`, if it is the one that was to be expected: no string need be made of its name. */
  private guess(from: number): Known | undefined {
    return this.columns?.isUsual === true ? this.metrics.guess(this.view, from) : undefined;
  }

  /** Reads a row that has nothing to tell but a value, as 12 of 13 have; false, with nothing changed, for any other. */
  private readUsual(known: Known, bytes: Buffer, from: number, end: number): boolean {
    const { view } = this;
    const { metric, prefix } = known;
    if (metric.kind === 'request') {
      const { open } = this;
      const time = from + prefix.length;
      if (!open.isOpen || !open.lacks(metric.part) || !open.writtenTime.isAt(view, time))
        return false;
      const value = parseUsualDecimal(bytes, time + open.writtenTime.length, end);
      if (Number.isNaN(value)) return false;
      open.set(metric.part, value);
    } else if (metric.kind === 'bookkeeping') this.close();
    else return false;
    this.metrics.follow(known);
    this.rows++;
    return true;
  }

  /** `known`: its metric, where that is known by now. */
  private readRow(known?: Known): void {
    const { row, columns } = this;
    if (columns === undefined) {
      row.splitRest();
      this.columns = readHeader(row);
      return;
    }
    this.rows++;
    const metric =
      known === undefined ? this.metrics.of(row, columns.metric) : this.metrics.follow(known);
    if (metric.kind === 'request') this.readPart(metric.part, columns);
    else {
      // k6 hands the rows of a request over in one piece: any other row ends it.
      this.close();
      if (metric.kind === 'heartbeat') this.readHeartbeat(columns);
      else if (metric.kind !== 'bookkeeping') this.readOther(metric, columns);
    }
  }

  private readPart(part: number, columns: Columns): void {
    const atUs = this.readTime(columns);
    const value = this.readValue(columns);
    if (Number.isNaN(atUs) || Number.isNaN(value)) {
      this.unreadable++;
      return;
    }
    if ((!this.open.isOpen || this.open.endsBefore(part, atUs)) && !this.start(columns, atUs))
      return;
    this.open.set(part, value);
  }

  private readHeartbeat(columns: Columns): void {
    const atUs = this.readTime(columns);
    if (!Number.isNaN(atUs)) this.sink.heartbeat?.(atUs);
  }

  private readOther(metric: Metric & { readonly name: string }, columns: Columns): void {
    const atUs = this.readTime(columns);
    const value = this.readValue(columns);
    if (Number.isNaN(atUs) || Number.isNaN(value) || !this.isWhole(columns)) {
      this.unreadable++;
      return;
    }
    const tags = this.tags.of(this.row, columns.tags, this.view);
    if (metric.kind === 'fact') {
      // What a server says of itself can be anything.
      if (!isPlausible(metric.fact, value)) return;
      readOrigin(this.row, columns.metadata, this.origin);
      if (this.held.tell(metric.fact, value, tags, this.origin)) return;
    }
    const { all, block, step } = tags;
    this.sink.extra({ metric: metric.name, value, atUs, tags: all, block, step });
  }

  private readTime({ head, time }: Columns): UnixMicros {
    const { row } = this;
    if (row.fields < head) return NaN;
    return parseUnixMicros(row.bytes, row.starts[time] ?? 0, row.ends[time] ?? 0);
  }

  private readValue({ head, value }: Columns): number {
    const { row } = this;
    if (row.fields < head) return NaN;
    return parseDecimal(row.bytes, row.starts[value] ?? 0, row.ends[value] ?? 0);
  }

  private isWhole({ count }: Columns): boolean {
    this.row.splitRest();
    return this.row.fields === count;
  }

  /** Begins a request with what all its rows share; false if this row does not say it. */
  private start(columns: Columns, atUs: UnixMicros): boolean {
    this.close();
    if (!this.isWhole(columns)) {
      this.unreadable++;
      return false;
    }
    this.open.open(atUs);
    this.learnTime(columns);
    this.open.status = this.readCode(columns.status);
    this.open.errorCode = this.readCode(columns.errorCode);
    this.open.tags = this.tags.of(this.row, columns.tags, this.view);
    readOrigin(this.row, columns.metadata, this.open.origin);
    return true;
  }

  /** Only rows without quotes take the short way, so that the chunk's own view will do. */
  private learnTime({ time }: Columns): void {
    const { starts, ends } = this.row;
    const from = starts[time] ?? 0;
    const length = (ends[time] ?? 0) - from + 1;
    this.open.writtenTime.learn(this.view, from, this.row.isQuoted ? 0 : length);
  }

  /** Empty where there is none. */
  private readCode(field: number): number {
    const from = this.row.starts[field] ?? 0;
    const to = this.row.ends[field] ?? 0;
    return from === to ? 0 : parseWhole(this.row.bytes, from, to);
  }

  private close(): void {
    if (!this.open.isOpen) return;
    this.open.isOpen = false;
    const draft = this.open.toDraft(this.vantage);
    if (draft === undefined) this.unreadable += this.open.isOutside ? 0 : 1;
    else this.held.hold(draft, this.open.origin, this.open.tags?.mayLead ?? 'nowhere');
  }
}

function find(bytes: Buffer, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at === -1 ? Infinity : at;
}
