import { chmod, cp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { probe } from './probe.ts';
import type { ServerUser } from './server-user.ts';

/**
 * Copies the programs of the package to `target`, with their links. The copy is complete before it gets its name; of two
 * processes that do this at once, one wins and both use its copy.
 */
export async function copyPackage(
  packageFolder: string,
  target: string,
  user: ServerUser | undefined,
): Promise<void> {
  const unfinished = `${target}.${process.pid}.${Date.now()}`;
  try {
    await cp(join(packageFolder, 'native'), unfinished, {
      recursive: true,
      verbatimSymlinks: true,
    });
    await linkLibraries(unfinished);
    await openToAll(unfinished);
    await settle(unfinished, target, user);
  } finally {
    for (const left of [unfinished, `${unfinished}.old`])
      await rm(left, { recursive: true, force: true });
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

/** Gives the copy its place, unless another process's has it by now and runs; one that does not run gives way. */
async function settle(
  unfinished: string,
  target: string,
  user: ServerUser | undefined,
): Promise<void> {
  try {
    await rename(unfinished, target);
  } catch {
    if ((await probe(join(target, 'bin'), user)).runs) return;
    await rename(target, `${unfinished}.old`);
    await rename(unfinished, target);
  }
}
