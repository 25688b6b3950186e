import postgres from 'postgres';

export type Sql = postgres.Sql;

/** Connections to one database, opened on demand and kept. */
export interface Pool {
  readonly size: number;
  /** Those that are good as far as we know. */
  current(): Sql;
  /** Takes `bad` out of use: a connection of it has broken. The others finish what they are doing. */
  replace(bad: Sql): void;
  /** Closes everything at once; what is in work fails. */
  end(): Promise<void>;
}

/**
 * The whole pool is replaced when one connection breaks, because postgres.js 3.4.9 does not always get over it: if a
 * query was just being written, that connection never sends anything again (`closed` cancels the pending write and
 * forgets that it has: github.com/porsager/postgres/pull/1176 tells of a neighbour of this fault).
 */
export function openPool(url: string, size: number): Pool {
  let current = connect(url, size);
  let ended = false;
  return {
    size,
    current: () => current,
    replace: (bad) => {
      if (ended || bad !== current) return;
      current = connect(url, size);
      // Whoever waits for a connection that never answers waits this long, in seconds.
      bad.end({ timeout: 1 }).catch(() => undefined);
    },
    end: () => {
      ended = true;
      return current.end({ timeout: 0 });
    },
  };
}

/**
 * Connections stay open; every statement is prepared once on each and then costs one round trip. The types of arrays
 * are not fetched: that would be one more round trip for each connection.
 */
export function connect(url: string, size: number): Sql {
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
