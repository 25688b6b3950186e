import type { MiddlewareHandler } from 'hono';
import { parseReplaySource } from '../replay/replay-source.ts';
import type { AppEnv } from './context.ts';
import type { Settings } from './settings.ts';
import { countInto, type Tally } from './store/database.ts';
import type { Pool } from './store/pool.ts';

/**
 * Gives each request its own view of the database, and each answer what it cost: `app` is all the time here until the
 * answer is ready to go, the database's share included; `replay` says why another region sent the request here.
 */
export function served(settings: Settings, pool: Pool): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const tally: Tally = { queries: 0, ms: 0 };
    const startedAt = performance.now();
    c.set('settings', settings);
    c.set('tally', tally);
    c.set('startedAt', startedAt);
    c.set('db', countInto(pool, tally));
    await next();
    c.header('fly-region', settings.region);
    const { state } = parseReplaySource(c.req.header('fly-replay-src'));
    c.header('server-timing', serverTiming(performance.now() - startedAt, tally, state));
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'private, no-store');
  };
}

const serverTiming = (ms: number, tally: Tally, replay: string | undefined): string =>
  [
    `app;dur=${ms.toFixed(2)}`,
    `db;dur=${tally.ms.toFixed(2)};desc="${tally.queries} queries"`,
    'cache;desc=none',
    ...(isReason(replay) ? [`replay;desc=${replay}`] : []),
  ].join(', ');

/** The header came from outside. */
const isReason = (state: string | undefined): state is string => /^\w{1,32}$/.test(state ?? '');
