import postgres from 'postgres';

export type Sql = postgres.Sql;

/** A statement to run; called again if its connection turns out to be gone. */
export type Statement<T extends readonly object[]> = (sql: Sql) => Promise<T>;

/** What one request asked of the database. */
export interface Tally {
  queries: number;
  ms: number;
}

/** The pool as one request sees it: what it runs is counted and timed. */
export interface Database {
  /** A single statement without effects, so it is repeated if a pooled connection was bad. */
  read<T extends readonly object[]>(statement: Statement<T>): Promise<T>;
  /** A single statement with effects; never repeated, because it may have happened. */
  write<T extends readonly object[]>(statement: Statement<T>): Promise<T>;
}

/**
 * Connections open on demand and stay open; every statement is prepared once per connection and then costs one
 * round trip. The types of arrays are not fetched: that would be one more round trip for each connection.
 */
export function openPool(url: string, size: number): Sql {
  return postgres(url, {
    max: size,
    fetch_types: false,
    max_lifetime: null,
    connect_timeout: 10,
    backoff: (retries: number) => Math.min(0.05 * 2 ** retries, 1),
    connection: { application_name: 'recipes' },
    onnotice: () => undefined,
  });
}

/** The pool for one request, which counts into `tally`. */
export function countInto(sql: Sql, tally: Tally): Database {
  const run = async <T extends readonly object[]>(statement: Statement<T>): Promise<T> => {
    const start = performance.now();
    try {
      return await statement(sql);
    } finally {
      tally.queries += 1;
      tally.ms += performance.now() - start;
    }
  };
  return { write: run, read: (statement) => repeatIfGone(() => run(statement)) };
}

/** Twice at most: after a restart of the database each pooled connection may be bad once. */
async function repeatIfGone<T>(run: () => Promise<T>, repeats = 2): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (repeats === 0 || !isGone(error)) throw error;
    return repeatIfGone(run, repeats - 1);
  }
}

const goneCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'ECONNRESET',
  'EPIPE',
  // The server is shutting down, or was told to close this connection.
  '57P01',
  '57P02',
]);

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && goneCodes.has(String(error.code));

/** `{1,2,3}`: Postgres' text form of integers, for a parameter cast to `int[]`. */
export const intArray = (values: readonly number[]): string => `{${values.join(',')}}`;

/** True if the database refused because of this rule: `unique` 23505, `foreign key` 23503. */
export function violates(error: unknown, rule: 'unique' | 'foreign key'): boolean {
  const code = rule === 'unique' ? '23505' : '23503';
  return error instanceof postgres.PostgresError && error.code === code;
}
