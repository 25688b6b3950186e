import { readFile, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BenchError } from '../../../base/errors.ts';

/** Turns what Postgres said into an error for people; `doing` completes "Postgres could not". */
export function troubleOf(doing: string, log: string): BenchError {
  const known = causes.find(({ pattern }) => pattern.test(log));
  if (known !== undefined)
    return new BenchError('fault', `Postgres could not ${doing}: ${known.what}.`, known.fix);
  return new BenchError(
    'fault',
    `Postgres could not ${doing}: ${tail(log)}`,
    'Free memory or processes if it lacks them; or set BENCH_POSTGRES_BIN to the folder of another Postgres.',
  );
}

/** The same from the log file, which stays empty on a full disk. */
export async function troubleIn(doing: string, logFile: string): Promise<BenchError> {
  const log = await readFile(logFile, 'utf8').catch(String);
  const full = (await isFull(dirname(logFile))) ? 'No space left on device' : '';
  return troubleOf(doing, log + full);
}

/** Fewer bytes than this are of no use to Postgres. */
const nothingLeft = 2 * 1024 ** 2;

async function isFull(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < nothingLeft;
}

const causes = [
  {
    pattern: /No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/,
    what: 'the disk is full',
    fix: 'Free some space, or set TMPDIR to a folder on another disk.',
  },
  {
    pattern: /Address already in use/,
    what: 'its port is taken by another program',
    fix: 'Run it again: it takes other ports.',
  },
  {
    pattern: /could not look up effective user ID|local user with ID \d+ does not exist/,
    what: 'the system has no name for the user that runs it',
    fix: 'Run bench as a user that /etc/passwd lists (in a container: not by a bare user id).',
  },
];

/** Whether another try with another port could help. */
export const isPortTaken = (error: unknown): boolean =>
  error instanceof BenchError && error.message.includes('its port is taken');

/** The last lines, in one. */
const tail = (log: string): string =>
  log.trim().split('\n').slice(-5).join(' | ') || 'it said nothing';
