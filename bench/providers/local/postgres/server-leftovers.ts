import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../../../base/child-environment.ts';

const run = promisify(execFile);

/**
 * Takes away what servers leave that were killed and could not tidy up: their processes, which end by themselves unless
 * they are stopped, and the small System V segment by which a server knows that its data are in use. To be called for a
 * folder that is about to be removed, with data folders in it or one level below. Never rejects.
 */
export async function removeServerLeftovers(folder: string): Promise<void> {
  const dataDirs = await dataDirsIn(folder);
  if (dataDirs.length === 0) return;
  await endServersIn(dataDirs).catch(() => undefined);
  await Promise.all(dataDirs.map((dataDir) => removeSegmentOf(dataDir).catch(() => undefined)));
}

async function dataDirsIn(folder: string): Promise<string[]> {
  const below = await subfolders(folder);
  const candidates = [...below, ...(await Promise.all(below.map(subfolders))).flat()];
  const found = await Promise.all(
    candidates.map((path) => stat(join(path, 'PG_VERSION')).then(Boolean, () => false)),
  );
  return Promise.all(candidates.filter((_, i) => found[i]).map((path) => realpath(path)));
}

async function subfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}

/** A process of a server works in its data folder and runs `postgres`; a shell in there is not meant. Linux alone. */
async function endServersIn(dataDirs: readonly string[]): Promise<void> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name));
  await Promise.all(
    pids.map(async (pid) => {
      const linked = (name: string) => readlink(`/proc/${pid}/${name}`).catch(() => '');
      if (!dataDirs.includes(await linked('cwd'))) return;
      if (basename(await linked('exe')) !== 'postgres') return;
      process.kill(Number(pid), 'SIGKILL');
    }),
  );
}

/** What line 7 of postmaster.pid says: under which key and id the segment was made. */
export function segmentIn(pidFile: string): Segment | undefined {
  const [, key, id] = /^\s*(\d+)\s+(\d+)\s*$/.exec(pidFile.split('\n')[6] ?? '') ?? [];
  return key === undefined || id === undefined ? undefined : { key: Number(key), id: Number(id) };
}

export interface Segment {
  readonly key: number;
  readonly id: number;
}

async function removeSegmentOf(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  const segment = segmentIn(await readFile(pidFile, 'utf8'));
  const { uid, gid } = await stat(pidFile);
  if (segment === undefined || !(await isThere(segment))) return;
  // As the one whose server it was: an id that means another segment by now is refused.
  const asOwner = process.getuid?.() === 0 && uid !== 0 ? { uid, gid } : {};
  const env = childEnvironment('tool');
  await run('ipcrm', ['-m', String(segment.id)], { ...asOwner, cwd: '/', env });
}

/** Whether the id still means a segment of that key. */
async function isThere(segment: Segment): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  return segmentsIn(await readFile('/proc/sysvipc/shm', 'utf8')).some(
    ({ key, id }) => key === segment.key && id === segment.id,
  );
}

/** The lines of /proc/sysvipc/shm below its heading. */
const segmentsIn = (table: string): Segment[] =>
  table
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [key = NaN, id = NaN] = line.trim().split(/\s+/).map(Number);
      return { key: key >>> 0, id };
    });
