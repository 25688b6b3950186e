import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { PostgresInstall } from './install.ts';
import { probe } from './probe.ts';
import type { SystemUser } from './system-user.ts';

/**
 * A copy of the package that the user can reach and that has its symbolic links: npm makes these in an install script,
 * which may be forbidden, and the package may lie in somebody's private folder. Kept for the next time in the first of
 * the cache folders that will do; undefined if none will, or if a copy does not run either.
 */
export async function runnableCopy(
  packageFolder: string,
  user: SystemUser | undefined,
  cacheFolders: readonly string[],
): Promise<PostgresInstall | undefined> {
  const name = await copyName(packageFolder);
  for (const cache of cacheFolders) {
    const own = await ownFolder(cache);
    if (own === undefined) continue;
    const install = await copyIn(join(own, name), packageFolder, user);
    if (install !== undefined) return install;
  }
  return undefined;
}

/** One copy per version and platform: `postgres-linux-x64-18.4.0-beta.17`. */
async function copyName(packageFolder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return `postgres-${basename(manifest.name)}-${manifest.version}`;
}

/**
 * Our folder in a cache folder, made if need be. Undefined unless it is ours alone to write: in /tmp anybody could have
 * made a folder of this name before, with programs of their own in it.
 */
async function ownFolder(cache: string): Promise<string | undefined> {
  const uid = process.getuid?.() ?? 0;
  const folder = join(cache, `global-latency-bench-${uid}`);
  try {
    await mkdir(cache, { recursive: true });
    await mkdir(folder).catch(() => undefined);
    const { mode, uid: owner } = await lstat(folder).then(mustBeFolder);
    if (owner !== uid || (mode & 0o022) !== 0) return undefined;
    await chmod(folder, 0o755);
    return folder;
  } catch {
    return undefined;
  }
}

function mustBeFolder<T extends { isDirectory(): boolean }>(stats: T): T {
  if (!stats.isDirectory()) throw new Error('not a folder');
  return stats;
}

/** Uses the copy there is, or makes it; undefined if the disk is full, or it does not run there. */
async function copyIn(
  target: string,
  packageFolder: string,
  user: SystemUser | undefined,
): Promise<PostgresInstall | undefined> {
  const bin = join(target, 'bin');
  const install = async (): Promise<PostgresInstall | undefined> => {
    const tried = await probe(bin, user);
    return tried.runs ? { bin, major: tried.major, user } : undefined;
  };
  const existing = await install();
  if (existing !== undefined) return existing;
  try {
    await makeCopy(target, packageFolder);
    return await install();
  } catch {
    return undefined;
  }
}

/** Complete before it gets its name; of two processes that do this at once, one wins and both use its copy. */
async function makeCopy(target: string, packageFolder: string): Promise<void> {
  const unfinished = `${target}.${process.pid}.${Date.now()}`;
  try {
    await cp(join(packageFolder, 'native'), unfinished, {
      recursive: true,
      verbatimSymlinks: true,
    });
    await linkLibraries(unfinished);
    await openToAll(unfinished);
    await replace(unfinished, target);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Makes the links that the package lists, `native/lib/a.so.1.2` as `native/lib/a.so`; those that exist stay. */
async function linkLibraries(native: string): Promise<void> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  const inCopy = (path: string): string => join(native, relative('native', path));
  for (const { source, target } of links)
    await symlink(relative(dirname(target), source), inCopy(target)).catch(unlessExists);
}

function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** Whatever our umask and the package's modes: everybody may read and run it, only we may write it. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const real = entries.filter((entry) => !entry.isSymbolicLink());
  await Promise.all(real.map((entry) => chmod(join(entry.parentPath, entry.name), 0o755)));
}

/** Puts the folder in its place. What is there and did not run a moment ago is moved aside, unless a finished copy came. */
async function replace(unfinished: string, target: string): Promise<void> {
  try {
    await rename(unfinished, target);
  } catch {
    const old = `${unfinished}.old`;
    await rename(target, old);
    await rename(unfinished, target);
    await rm(old, { recursive: true, force: true });
  }
}
