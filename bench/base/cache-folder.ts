import { userInfo } from 'node:os';
import { join } from 'node:path';

/** Where this project keeps what it can do without, for this user: below the platform's folder for caches. */
export function cacheFolder({
  env,
  platform,
}: {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}): string {
  const home = homeOf(env);
  const xdg = env['XDG_CACHE_HOME'];
  const caches =
    platform === 'darwin'
      ? join(home, 'Library', 'Caches')
      : // The XDG specification says to ignore a relative path.
        xdg?.startsWith('/') === true
        ? xdg
        : join(home, '.cache');
  return join(caches, 'global-latency-bench');
}

/** HOME where it is a path, else the home that the system knows, else `/`, as containers have it for unknown users. */
export function homeOf(env: NodeJS.ProcessEnv): string {
  const home = env['HOME'] ?? '';
  if (home.startsWith('/')) return home;
  try {
    return userInfo().homedir;
  } catch {
    return '/';
  }
}
