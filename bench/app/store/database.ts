import postgres from 'postgres';
import type { Pool, Sql } from './pool.ts';

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

/** The pool for one request, which counts into `tally`. */
export function countInto(pool: Pick<Pool, 'current' | 'replace'>, tally: Tally): Database {
  const run = async <T extends readonly object[]>(statement: Statement<T>): Promise<T> => {
    const start = performance.now();
    const sql = pool.current();
    try {
      return await statement(sql);
    } catch (error) {
      if (isBroken(error)) pool.replace(sql);
      throw error;
    } finally {
      tally.queries += 1;
      tally.ms += performance.now() - start;
    }
  };
  return { write: run, read: (statement) => repeatIfBroken(() => run(statement)) };
}

/** Twice at most: a database that keeps hanging up has a reason. */
async function repeatIfBroken<T>(run: () => Promise<T>, repeats = 2): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (repeats === 0 || !isBroken(error)) throw error;
    return repeatIfBroken(run, repeats - 1);
  }
}

const brokenCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'ECONNRESET',
  'EPIPE',
  // The server is shutting down, or was told to close this connection.
  '57P01',
  '57P02',
]);

const isBroken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && brokenCodes.has(String(error.code));

/** `{1,2,3}`: Postgres' text form of integers, for a parameter cast to `int[]`. */
export const intArray = (values: readonly number[]): string => `{${values.join(',')}}`;

/** True if the database refused because of this rule: `unique` 23505, `foreign key` 23503. */
export function violates(error: unknown, rule: 'unique' | 'foreign key'): boolean {
  const code = rule === 'unique' ? '23505' : '23503';
  return error instanceof postgres.PostgresError && error.code === code;
}
