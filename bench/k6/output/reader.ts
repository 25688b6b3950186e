import type { UnixMicros } from '../../base/units.ts';
import type { Sample } from '../../samples/sample.ts';
import { readHeader, type Columns } from './columns.ts';
import { HeldRequests } from './held.ts';
import { readOrigin, type Origin } from './metadata.ts';
import { Metrics, type Metric } from './metrics.ts';
import { parseDecimal, parseUnixMicros, parseWhole } from './numbers.ts';
import { OpenRequest } from './request.ts';
import { Row } from './row.ts';
import { TagCache } from './tags.ts';

/** A row that is no part of a request: a script's own metric, `dropped_iterations`, `checks`. */
export interface Extra {
  readonly metric: string;
  readonly value: number;
  readonly atUs: UnixMicros;
  readonly tags: Readonly<Record<string, string>>;
}

export interface SampleSink {
  sample(sample: Sample): void;
  extra(extra: Extra): void;
}

/** Turns the bytes of k6's CSV into samples, whichever way they are cut into chunks. */
export class CsvReader {
  /** Rows after the header. */
  rows = 0;
  /** Requests delivered. */
  requests = 0;
  /** Broken rows, and requests that lack a row or a block. */
  unreadable = 0;
  private columns: Columns | undefined;
  private rest: Buffer = Buffer.alloc(0);
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
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let from = 0;
    for (;;) {
      const next = this.row.split(bytes, from);
      if (next === -1) break;
      from = next;
      if (this.columns !== undefined) this.readRow(this.columns);
      else this.columns = readHeader(this.row);
    }
    this.rest = bytes.subarray(from);
  }

  /** Delivers what was held back; true if the bytes ended within a row or before the header. */
  end(): { readonly cut: boolean } {
    const cut = this.rest.length > 0 || this.columns === undefined;
    this.close();
    this.held.releaseAll();
    return { cut };
  }

  private readRow(columns: Columns): void {
    const { row } = this;
    this.rows++;
    const atUs = this.readTime(columns);
    const value = parseDecimal(
      row.bytes,
      row.starts[columns.value] ?? 0,
      row.ends[columns.value] ?? 0,
    );
    if (row.fields !== columns.count || Number.isNaN(atUs) || Number.isNaN(value))
      this.unreadable++;
    else this.readMetric(this.metrics.of(row, columns.metric), columns, atUs, value);
  }

  private readTime({ time }: Columns): UnixMicros {
    return parseUnixMicros(this.row.bytes, this.row.starts[time] ?? 0, this.row.ends[time] ?? 0);
  }

  private readMetric(metric: Metric, columns: Columns, atUs: UnixMicros, value: number): void {
    if (metric.kind === 'request') {
      if (!this.open.isOpen || this.open.endsBefore(metric.part, atUs)) this.start(columns, atUs);
      this.open.set(metric.part, value);
      return;
    }
    // k6 hands the rows of a request over in one piece: any other row ends it.
    this.close();
    if (metric.kind === 'bookkeeping') return;
    const tags = this.tags.of(this.row, columns.tags);
    if (metric.kind === 'fact') {
      readOrigin(this.row, columns.metadata, this.origin);
      if (this.held.tell(metric.fact, value, tags.step, tags.all, this.origin)) return;
    }
    this.sink.extra({ metric: metric.name, value, atUs, tags: tags.all });
  }

  private start(columns: Columns, atUs: UnixMicros): void {
    this.close();
    this.open.open(atUs);
    this.open.status = this.readCode(columns.status);
    this.open.errorCode = this.readCode(columns.errorCode);
    this.open.tags = this.tags.of(this.row, columns.tags);
    readOrigin(this.row, columns.metadata, this.open.origin);
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
    if (draft === undefined) this.unreadable++;
    else this.held.hold(draft, this.open.origin);
  }
}
