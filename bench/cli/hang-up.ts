import { fstatSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { Environment } from '../base/child-environment.ts';

/** What can be seen of how this process was started. */
export interface Start {
  readonly env: Environment;
  readonly pid: number;
  /** `/proc/<pid>/<file>`; undefined where there is none. */
  readonly proc: (pid: number, file: 'stat' | 'status') => string | undefined;
  /** Whether standard output or standard error is the file that nohup makes. */
  readonly writesNohupOut: boolean;
}

/**
 * Whether the end of the terminal (SIGHUP) was ignored when this process was started, as nohup and `trap '' HUP` do it.
 * Node forgets that before any of our code runs, so it is told by what they leave elsewhere: the shell's note of what it
 * started (`_`), the file nohup.out, and processes above us in the same session that ignore it, from whom we have it.
 */
export function isHangUpIgnored(start: Start = thisStart()): boolean {
  return (
    basename(start.env['_'] ?? '') === 'nohup' || start.writesNohupOut || someAboveIgnores(start)
  );
}

function someAboveIgnores({ pid, proc }: Start): boolean {
  const own = sessionOf(proc(pid, 'stat'));
  if (own === undefined) return false;
  let { parent } = own;
  // A chain of processes has an end, unless it changes while it is read.
  for (let steps = 0; steps < 64 && parent > 1; steps++) {
    const above = sessionOf(proc(parent, 'stat'));
    if (above?.session !== own.session) return false;
    if (ignoresHangUp(proc(parent, 'status') ?? '')) return true;
    ({ parent } = above);
  }
  return false;
}

/** Fields 4 and 6 of `/proc/<pid>/stat`, counted behind the name, which may hold blanks and parentheses. */
function sessionOf(stat: string | undefined): { parent: number; session: number } | undefined {
  if (stat === undefined) return undefined;
  const [, parent, , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(parent), session: Number(session) };
}

/** SIGHUP is signal 1: the lowest bit of the mask. */
const ignoresHangUp = (status: string): boolean => /^SigIgn:\s*[0-9a-f]*[13579bdf]$/m.test(status);

function thisStart(): Start {
  return {
    env: process.env,
    pid: process.pid,
    proc: (pid, file) => {
      try {
        return readFileSync(`/proc/${pid}/${file}`, 'utf8');
      } catch {
        return undefined;
      }
    },
    writesNohupOut: [1, 2].some(isNohupOut),
  };
}

/** In the working folder, or at home where that can't be written. */
function isNohupOut(fd: number): boolean {
  try {
    const { dev, ino } = fstatSync(fd);
    return ['nohup.out', join(homedir(), 'nohup.out')].some((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return found?.dev === dev && found.ino === ino;
    });
  } catch {
    return false;
  }
}
