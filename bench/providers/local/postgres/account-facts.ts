import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { childEnvironment } from '../../../base/child-environment.ts';
import type { IdRange } from './choose-id.ts';

const run = promisify(execFile);

/** A line of /etc/passwd. */
export interface PasswdEntry {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The accounts that /etc/passwd lists; a directory service may know more. */
export const accounts = async (): Promise<PasswdEntry[]> =>
  parsePasswd(await linesOf('/etc/passwd'));

export const parsePasswd = (lines: readonly string[]): PasswdEntry[] =>
  lines
    .map((line) => line.split(':'))
    .filter(([name, , uid]) => name !== undefined && /^\d+$/.test(uid ?? ''))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));

/** Whoever runs a process now. */
export async function busyIds(): Promise<ReadonlySet<number>> {
  const fromProc = await ownersIn('/proc');
  if (fromProc.length > 0) return new Set(fromProc);
  const { stdout } = await run('ps', ['-axo', 'uid='], { env: childEnvironment('tool') }).catch(
    () => ({ stdout: '' }),
  );
  return new Set(stdout.trim().split(/\s+/).map(Number));
}

async function ownersIn(proc: string): Promise<number[]> {
  const names = await readdir(proc).catch(() => []);
  const owners = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      // It may have ended meanwhile.
      .map((name) => stat(`${proc}/${name}`).catch(() => undefined)),
  );
  return owners.flatMap((owner) => (owner === undefined ? [] : [owner.uid]));
}

/** The ids that this container knows; all where there is no such thing. */
export async function idMap(kind: 'uid' | 'gid'): Promise<IdRange[]> {
  const lines = await linesOf(`/proc/self/${kind}_map`);
  return lines.length === 0 ? [{ first: 0, count: 2 ** 32 }] : parseIdMap(lines);
}

/** `inside outside count` on each line. */
export const parseIdMap = (lines: readonly string[]): IdRange[] =>
  lines.map((line) => {
    const [first, , count] = line.trim().split(/\s+/).map(Number);
    return { first: first ?? 0, count: count ?? 0 };
  });

/** The ids that users were given for containers of their own: `name:first:count`. */
export const subordinateIds = async (kind: 'uid' | 'gid'): Promise<IdRange[]> =>
  (await linesOf(`/etc/sub${kind}`)).map((line) => {
    const [, first, count] = line.split(':').map(Number);
    return { first: first ?? 0, count: count ?? 0 };
  });

const linesOf = async (file: string): Promise<string[]> =>
  (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
