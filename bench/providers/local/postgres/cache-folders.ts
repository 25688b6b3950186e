import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders in which a copy of Postgres may be kept, best first; root's home is out of others' reach, hence /var/cache. */
export function cacheFolders(env: NodeJS.ProcessEnv = process.env): string[] {
  const own = env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return [...new Set([own, '/var/cache', tmpdir(), '/tmp', '/var/tmp'])];
}
