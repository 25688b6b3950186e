import type { Place } from './decide.ts';

/** The variables that a Fly Machine has; `process.env` fits. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type Activation =
  | { readonly kind: 'active'; readonly place: Place; readonly databaseUrl: string }
  | { readonly kind: 'inactive'; /** Never empty. */ readonly missing: readonly string[] };

/** Decides once, at start, whether the middleware has what it needs; says so through `log` if it has not. */
export function activate(env: Environment, log: (line: string) => void): Activation {
  const { DATABASE_URL, PRIMARY_REGION, FLY_REGION } = env;
  if (DATABASE_URL && PRIMARY_REGION && FLY_REGION) {
    const place = { region: FLY_REGION, primary: PRIMARY_REGION };
    return { kind: 'active', place, databaseUrl: DATABASE_URL };
  }
  const missing = Object.entries({ DATABASE_URL, PRIMARY_REGION, FLY_REGION })
    .filter(([, value]) => !value)
    .map(([name]) => name);
  log(
    `replay: inactive, because ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} not set`,
  );
  return { kind: 'inactive', missing };
}
