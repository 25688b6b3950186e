import { regionalUrl } from '../replay/database-url.ts';
import type { Place } from '../replay/decide.ts';
import { activate, type Environment } from '../replay/environment.ts';

/** What a process of the app knows of itself; everything comes from its environment. */
export interface Settings {
  readonly region: string;
  readonly primary: string;
  readonly machine: string;
  readonly host: string;
  readonly port: number;
  /** Where this process connects to: the nearest replica where there is one. */
  readonly databaseUrl: string;
  readonly poolSize: number;
  /** Whether requests that write are replayed to the primary region, and from where. */
  readonly replay: { readonly kind: 'off' } | { readonly kind: 'on'; readonly place: Place };
}

/** Reads `process.env`. Throws an Error for people if something is missing or no number. */
export function readSettings(env: Environment, log: (line: string) => void): Settings {
  const databaseUrl = env['DATABASE_URL'];
  if (!databaseUrl) {
    throw new Error(
      'DATABASE_URL is not set: give it the URL of a Postgres, postgres://user@host/db',
    );
  }
  const replay = env['REPLAY'] === 'off' ? ({ kind: 'inactive' } as const) : activate(env, log);
  const region = env['FLY_REGION'] ?? 'cdg';
  return {
    region,
    primary: env['PRIMARY_REGION'] ?? region,
    machine: env['FLY_MACHINE_ID'] ?? 'local',
    host: env['HOST'] ?? '0.0.0.0',
    port: count(env, 'PORT', 8080),
    poolSize: count(env, 'DATABASE_POOL', 10),
    databaseUrl: replay.kind === 'active' ? regionalUrl(databaseUrl, replay.place) : databaseUrl,
    replay: replay.kind === 'active' ? { kind: 'on', place: replay.place } : { kind: 'off' },
  };
}

function count(env: Environment, name: string, otherwise: number): number {
  const text = env[name];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65535)
    throw new Error(`${name}=${text} is not a whole number between 0 and 65535`);
  return value;
}
