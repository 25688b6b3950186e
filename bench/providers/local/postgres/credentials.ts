import { randomBytes } from 'node:crypto';

/**
 * Who may log in to the databases of a world. Every user of this computer can connect to 127.0.0.1; so nobody gets in
 * without a password, and each role can do as little as it needs.
 */
export const roles = {
  /** Makes the others, and then may not log in any more. Runs programs and reads files as the server's user. */
  superuser: 'postgres',
  /** The app's: owns its database, and has no rights beyond that. */
  app: 'recipes',
  /** Ours, while a world is up: sees whether replicas stream. */
  monitor: 'bench_monitor',
  /** A replica's, for the stream of its primary, and nothing else. */
  replication: 'bench_replication',
} as const;

export type RoleKind = keyof typeof roles;

/** The passwords of a world; random, and in no command line, log or output. */
export type Credentials = Readonly<Record<RoleKind, string>>;

export function makeCredentials(): Credentials {
  const random = (): string => randomBytes(24).toString('base64url');
  return { superuser: random(), app: random(), monitor: random(), replication: random() };
}

/** The URL of a database for a role, password and all: not to be shown. */
export const secretUrl = (
  credentials: Credentials,
  kind: RoleKind,
  { host = '127.0.0.1', port, database }: ServerAddress,
): string => `postgres://${roles[kind]}:${credentials[kind]}@${host}:${port}/${database}`;

export interface ServerAddress {
  readonly host?: string;
  readonly port: number;
  readonly database: string;
}

/** A line of a password file, which libpq reads: `host:port:database:user:password`. */
export const passwordLine = (credentials: Credentials, kind: RoleKind, database: string): string =>
  `127.0.0.1:*:${database}:${roles[kind]}:${credentials[kind]}\n`;
