import type { ServerUser } from './server-user.ts';

/** A Postgres that runs here, and who runs it. */
export interface PostgresInstall {
  /** The folder that holds `postgres` and `initdb`. */
  readonly bin: string;
  /** Its major version: 18. */
  readonly major: number;
  /** The user it must run as; undefined: as we do. */
  readonly user: ServerUser | undefined;
}

/** The oldest major version that has all we use. */
export const oldestMajor = 14;
