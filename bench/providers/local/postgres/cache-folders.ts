import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homeOf } from '../../../base/cache-folder.ts';

/**
 * Where a copy of Postgres may be kept, best first. Root's home is out of others' reach, hence /var/cache; in folders
 * that all users share, each has one of their own.
 */
export function cacheFolders(env: NodeJS.ProcessEnv = process.env): string[] {
  const name = 'global-latency-bench';
  const uid = process.getuid?.() ?? 0;
  const xdg = env['XDG_CACHE_HOME'] ?? '';
  const shared = new Set(['/var/cache', tmpdir(), '/tmp', '/var/tmp']);
  return [
    // The XDG specification says to ignore a relative path.
    join(xdg.startsWith('/') ? xdg : join(homeOf(env), '.cache'), name),
    ...[...shared].map((folder) => join(folder, `${name}-${uid}`)),
  ];
}
