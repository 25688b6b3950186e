import postgres from 'postgres';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Millis } from '../../base/units.ts';
import type { LagReading } from '../../samples/lag.ts';
import type { LagWatch } from '../provider.ts';
import type { Database } from './databases.ts';

/** Where and how a database can be asked, straight and over no link. */
type Watched = Pick<Database, 'topology' | 'region' | 'role' | 'monitorUrl'>;

/** So long after a commit that a replica lacks, it is not waited for any more. */
const giveUpMs: Millis = 10_000;
/** Queries that are under way end sooner. */
const stopMs: Millis = 3000;
/** Between two looks at a replica: how exact a reading is. */
const lookMs: Millis = 2;

/**
 * Commits something small at every primary that has replicas, again and again, and looks when each replica shows it.
 * Looks are single short queries: a query that waits on the replica would hold a snapshot and could itself hold the
 * replay up. The first look is put off until shortly before the least lag seen so far, to keep the processors free.
 */
export function watchLag(databases: readonly Watched[]): LagWatch {
  const ending = new AbortController();
  const replicas = databases.filter(({ role }) => role === 'replica');
  // All vantages' load runs on the same machine: a second for a few replicas, longer for many.
  const everyMs = Math.max(1000, 150 * replicas.length);
  const readings: LagReading[] = [];
  const watches = databases
    .filter(({ role }) => role === 'primary')
    .map((primary) => ({
      primary,
      replicas: replicas.filter(({ topology }) => topology === primary.topology),
    }))
    .filter((each) => each.replicas.length > 0)
    .map((each) => watchTopology(each, everyMs, readings, ending.signal));
  return {
    stop: async () => {
      ending.abort();
      // A database that stands still answers nothing any more.
      await Promise.race([Promise.all(watches), sleep(stopMs, undefined, { ref: false })]);
      return readings;
    },
  };
}

async function watchTopology(
  topology: { readonly primary: Watched; readonly replicas: readonly Watched[] },
  everyMs: Millis,
  readings: LagReading[],
  signal: AbortSignal,
): Promise<void> {
  const primary = connect(topology.primary);
  const replicas = topology.replicas.map((each) => ({ ...each, sql: connect(each), leastMs: 0 }));
  try {
    while (!signal.aborted) {
      const commit = await commitSomething(primary);
      const seen = replicas.map(async (replica) => {
        const lagMs = await lagOf(replica, commit, signal);
        if (signal.aborted) return;
        const { topology: target, region } = replica;
        readings.push({ target, region, atUs: 1000 * commit.atMs, lagMs });
      });
      await Promise.all(seen);
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  } catch {
    // The world is going down; whatever else ails its databases shows in the measurement itself.
  } finally {
    await Promise.all(
      [primary, ...replicas.map(({ sql }) => sql)].map((sql) => sql.end({ timeout: 1 })),
    );
  }
}

type Sql = postgres.Sql;

const connect = ({ monitorUrl }: Watched): Sql =>
  postgres(monitorUrl, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: 'bench' },
  });

interface Commit {
  /** The end of its WAL record, or a little later. */
  readonly lsn: string;
  /** By the machine's clock, which all databases share, Unix ms. */
  readonly atMs: number;
}

/** A message in the WAL: it touches no table, and commits like any write. */
async function commitSomething(sql: Sql): Promise<Commit> {
  // By the end of the statement, which the commit follows at once; once it has returned, replicas may have it already.
  const [now] = await sql<{ ms: string }[]>`
    select pg_logical_emit_message(true, 'bench', 'lag'), extract(epoch from clock_timestamp()) * 1000 as ms`;
  const [row] = await sql<{ lsn: string }[]>`select pg_current_wal_flush_lsn()::text as lsn`;
  return { lsn: row?.lsn ?? '', atMs: Number(now?.ms) };
}

/** Undefined if the replica does not show the commit in time. */
async function lagOf(
  replica: { readonly sql: Sql; leastMs: Millis },
  { lsn, atMs }: Commit,
  signal: AbortSignal,
): Promise<Millis | undefined> {
  await sleep(0.8 * replica.leastMs, undefined, { signal }).catch(() => undefined);
  while (!signal.aborted) {
    const [row] = await replica.sql<{ seen: boolean; ms: string }[]>`
      select pg_last_wal_replay_lsn() >= ${lsn}::text::pg_lsn as seen,
             extract(epoch from clock_timestamp()) * 1000 as ms`;
    const lagMs = Math.max(0, Number(row?.ms) - atMs);
    if (row?.seen === true) {
      replica.leastMs = replica.leastMs === 0 ? lagMs : Math.min(replica.leastMs, lagMs);
      return lagMs;
    }
    if (lagMs > giveUpMs) return undefined;
    await sleep(lookMs);
  }
  return undefined;
}
