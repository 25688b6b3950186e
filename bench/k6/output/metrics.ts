import { Prefix } from './prefix.ts';
import type { Row } from './row.ts';

/** The rows that k6 writes for every request, always together and with one time. */
export const requestParts = [
  'http_reqs',
  'http_req_duration',
  'http_req_blocked',
  'http_req_connecting',
  'http_req_tls_handshaking',
  'http_req_sending',
  'http_req_waiting',
  'http_req_receiving',
  'http_req_failed',
] as const;

/** What a scenario says of the answer it just got, in its script's metrics, and where that belongs in a sample. */
const facts = {
  server_app_ms: 'appMs',
  server_db_ms: 'dbMs',
  server_db_queries: 'dbQueries',
  server_age_s: 'ageS',
  server_part_ms: 'part',
  server_says: 'words',
} as const;

/** A fact about one answer: a figure, a part that the server gave a name, or words in the tags alone. */
export type Fact = (typeof facts)[keyof typeof facts];

/** k6's own accounts; nobody uses them, and they are a third of all rows. */
const bookkeeping = ['data_sent', 'data_received', 'iteration_duration', 'iterations', 'vus_max'];

/** k6 writes one of these every second, whatever it does. */
const heartbeat = 'vus';

/** What a row is, by its metric. */
export type Metric =
  | { readonly kind: 'request'; readonly part: number }
  | {
      readonly kind: 'fact';
      readonly name: string;
      readonly fact: Fact;
    }
  | { readonly kind: 'bookkeeping' }
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'extra'; readonly name: string };

/** A metric that has occurred. */
export interface Known {
  readonly metric: Metric;
  /** Its name and the comma after it. */
  readonly prefix: Prefix;
  /** What came after it the last time. */
  next: Known | undefined;
}

/** A script has a handful of metrics of its own; names that never repeat must not fill the memory. */
const mostKnown = 2000;

/** Tells the metric of a row. */
export class Metrics {
  private readonly byName = new Map<string, Known>();
  private last: Known | undefined;

  /** The metric at `from`, if it is the one that followed the present one the last time: k6 writes them in a fixed order. */
  guess(view: DataView, from: number): Known | undefined {
    const guess = this.last?.next;
    return guess?.prefix.isAt(view, from) === true ? guess : undefined;
  }

  /** The guess was right, and its row is read. */
  follow(known: Known): Metric {
    this.last = known;
    return known.metric;
  }

  of(row: Row, field: number): Metric {
    const known = this.find(row.text(field));
    if (this.last !== undefined) this.last.next = known;
    return this.follow(known);
  }

  private find(name: string): Known {
    let known = this.byName.get(name);
    if (known === undefined) {
      if (this.byName.size >= mostKnown) this.byName.clear();
      known = { metric: classify(name), prefix: Prefix.of(`${name},`), next: undefined };
      this.byName.set(name, known);
    }
    return known;
  }
}

export function classify(name: string): Metric {
  const part = (requestParts as readonly string[]).indexOf(name);
  if (part !== -1) return { kind: 'request', part };
  if (Object.hasOwn(facts, name))
    return { kind: 'fact', name, fact: facts[name as keyof typeof facts] };
  if (name === heartbeat) return { kind: 'heartbeat' };
  return bookkeeping.includes(name) ? { kind: 'bookkeeping' } : { kind: 'extra', name };
}

/** An hour: of earlier versions' rows, a time may be as long as a number can say. */
const longestMs = 3_600_000;
const largest = { appMs: longestMs, dbMs: longestMs, part: longestMs, dbQueries: 1e6, ageS: 1e12 };

/** Whether a server can mean what it says. */
export function isPlausible(fact: Fact, value: number): boolean {
  return fact === 'words' || (value >= 0 && value <= largest[fact]);
}
