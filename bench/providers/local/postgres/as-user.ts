import type { SpawnOptions } from 'node:child_process';
import { childEnvironment } from '../../../base/child-environment.ts';
import type { ServerUser } from './server-user.ts';

/**
 * How to spawn a program as that user. Little of our environment goes along: PGPORT, PGOPTIONS and the like would
 * change what Postgres does, and with TZ set initdb need not find out the time zone, which is slow.
 */
export function asUser(user: ServerUser | undefined): Pick<SpawnOptions, 'uid' | 'gid' | 'env'> {
  const env = childEnvironment('database', { LC_ALL: 'C', TZ: 'UTC' });
  return user === undefined ? { env } : { env, uid: user.uid, gid: user.gid };
}
