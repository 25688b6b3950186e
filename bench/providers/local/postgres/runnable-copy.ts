import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '../../../base/errors.ts';
import type { PostgresInstall } from './install.ts';
import { makeOwn } from '../../../base/own-folder.ts';
import { copyPackage } from './package-copy.ts';
import { probe, type Probe } from './probe.ts';
import { mustReach } from './reach.ts';
import type { ServerUser } from './server-user.ts';

/**
 * A copy of the package that the user can reach and that has its symbolic links: npm makes these in an install script,
 * which may be forbidden, and the package may lie in somebody's private folder. Kept for the next time in the first of
 * the cache folders that will do; if none will, or if a copy does not run either, the reasons.
 */
export async function runnableCopy(
  packageFolder: string,
  user: ServerUser | undefined,
  cacheFolders: readonly string[],
): Promise<Copied> {
  const name = await copyName(packageFolder);
  const reasons: string[] = [];
  for (const cache of cacheFolders) {
    try {
      await makeOwn(cache);
      await mustReach(user, cache);
      const bin = join(cache, name, 'bin');
      const tried = await copyAndProbe(bin, packageFolder, user);
      if (tried.runs) return { install: { bin, major: tried.major, user } };
      reasons.push(`${cache}: ${tried.reason}`);
    } catch (error) {
      reasons.push(`${cache}: ${messageOf(error)}`);
    }
  }
  return { reasons };
}

/** The copy, or why there is none, for each cache folder. */
export type Copied =
  { readonly install: PostgresInstall } | { readonly reasons: readonly string[] };

/** One copy per version and platform: `postgres-linux-x64-18.4.0-beta.17`. */
async function copyName(packageFolder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return `postgres-${basename(manifest.name)}-${manifest.version}`;
}

/** Uses the copy there is, or makes it. */
async function copyAndProbe(
  bin: string,
  packageFolder: string,
  user: ServerUser | undefined,
): Promise<Probe> {
  const existing = await probe(bin, user);
  if (existing.runs) return existing;
  await copyPackage(packageFolder, dirname(bin), user);
  return probe(bin, user);
}
