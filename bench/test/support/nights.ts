import { symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { writeSyntheticRun, type SyntheticRun } from './synthetic-run.ts';

/**
 * Runs of consecutive nights in a folder as `bench run` leaves it, with `latest`. read-replicas becomes slower in syd
 * after the sixth. Gives the run folders, the newest last.
 */
export async function writeNights(
  root: string,
  count = 12,
  run: SyntheticRun = {},
): Promise<string[]> {
  const dirs: string[] = [];
  for (let i = 1; i <= count; i++) {
    const day = `2026-11-${String(i).padStart(2, '0')}`;
    const runId = `${day}T02-17-00-quick-${i.toString(16).padStart(4, '0')}`;
    const startedAtIso = `${day}T02:17:00.000Z`;
    const slower = i > 6 ? { 'read-replicas@syd': 1.6 } : {};
    dirs.push(
      await writeSyntheticRun(join(root, runId), {
        ...{ perBlock: 20, ...run, seed: i, runId, startedAtIso, slower },
      }),
    );
  }
  await symlink(basename(dirs.at(-1) ?? ''), join(root, 'latest'));
  return dirs;
}
