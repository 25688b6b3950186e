import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { childEnvironment } from '../../../base/child-environment.ts';

/** When a process began, as the system tells it: with its id it names one process for ever, as ids are used again. */
export type StartTime = string;

/** When the process began, or undefined if no such process runs. A zombie does not run. */
export function startTimeOf(pid: number): StartTime | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): StartTime | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Field 22 of `/proc/<pid>/stat`, clock ticks since boot; undefined for a zombie. */
export function parseStat(stat: string): StartTime | undefined {
  // Field 2 is the program's name in parentheses, which may hold spaces and parentheses itself.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? undefined : rest[18];
}

function fromPs(pid: number): StartTime | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: childEnvironment('tool'),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return parsePs(line);
  } catch {
    return undefined;
  }
}

/** The start in a line of `ps -o stat=,lstart=`; undefined for a zombie. */
export function parsePs(line: string): StartTime | undefined {
  const [state, ...start] = line.trim().split(/\s+/);
  return state === undefined || state.startsWith('Z') || start.length === 0
    ? undefined
    : start.join(' ');
}
