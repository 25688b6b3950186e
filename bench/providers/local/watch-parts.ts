import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { describeEnd, type ProcessEnd } from '../../base/exit-words.ts';
import { formatSeconds, type Millis } from '../../base/units.ts';
import { visible } from '../../base/visible.ts';
import type { PartFailure } from '../../samples/part-failure.ts';

/** A process of a world, as it is watched. */
export interface WatchedPart extends Pick<PartFailure, 'part' | 'spoils'> {
  readonly pid: number;
  /** How it ended; absent where others tell that. */
  readonly exited?: Promise<ProcessEnd> | undefined;
  /** The file that has what it printed, or what that was. */
  readonly log?: string | (() => string) | undefined;
}

/** A watch over processes. */
export interface PartWatch {
  /** Watches one more. */
  add(part: WatchedPart): void;
  /** No longer, and no more news of it. */
  forget(part: WatchedPart): void;
  stop(): void;
}

const lookMs: Millis = 500;
/** When a whole machine goes on, its processes do so one after the other. */
const stoppedFromMs: Millis = 1500;
/** After so long a process that stands still is given up. */
const givenUpAfterMs: Millis = 60_000;

/** Tells at once when a process ends, and soon when one stands still (SIGSTOP, a debugger) or goes on. */
export function watchParts(
  parts: readonly WatchedPart[],
  failed: (failure: PartFailure) => void,
  isStopped: (pid: number) => boolean = isStoppedProcess,
): PartWatch {
  const alive = new Map<WatchedPart, StoppedSince>();
  const add = (watched: WatchedPart): void => {
    alive.set(watched, {});
    void watched.exited?.then((end) => {
      if (!alive.delete(watched)) return;
      failed(failureOf(watched, describeEnd(end), Date.now(), true));
    });
  };
  const look = (watched: WatchedPart, state: StoppedSince): void => {
    if (!isStopped(watched.pid)) {
      if (state.told !== undefined && !state.told.ended)
        failed({ ...state.told, toMs: Date.now() });
      alive.set(watched, {});
      return;
    }
    const fromMs = (state.fromMs ??= Date.now() - lookMs);
    const ms = Date.now() - fromMs;
    if (state.told === undefined && ms >= stoppedFromMs)
      failed(
        (state.told = failureOf(
          watched,
          'stands still: it was stopped by a signal',
          fromMs,
          false,
        )),
      );
    else if (state.told?.ended === false && ms >= givenUpAfterMs) {
      const how = `has stood still for ${formatSeconds(ms / 1000)}`;
      failed((state.told = failureOf(watched, how, fromMs, true)));
    }
  };
  for (const part of parts) add(part);
  const timer = setInterval(() => {
    for (const [part, state] of alive) look(part, state);
  }, lookMs);
  return {
    add,
    forget: (part) => {
      alive.delete(part);
    },
    stop: () => {
      clearInterval(timer);
      alive.clear();
    },
  };
}

interface StoppedSince {
  fromMs?: number;
  told?: PartFailure;
}

function failureOf(
  { part, spoils, log }: WatchedPart,
  how: string,
  fromMs: number,
  ended: boolean,
): PartFailure {
  const lastLine = ended ? lastLineOf(log) : undefined;
  return { part, how, ...(lastLine === undefined ? {} : { lastLine }), fromMs, ended, spoils };
}

const tailBytes = 8192;

/** The last line with anything in it that a log has, made visible. */
export function lastLineOf(log: WatchedPart['log']): string | undefined {
  const text = log === undefined ? '' : typeof log === 'string' ? tailOf(log) : log();
  const last = text.split('\n').findLast((line) => line.trim() !== '');
  return last === undefined ? undefined : visible(last.trim().slice(0, 300));
}

/** Empty for a file that can't be read. */
function tailOf(path: string): string {
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const bytes = Buffer.alloc(Math.min(size, tailBytes));
      readSync(file, bytes, 0, bytes.length, size - bytes.length);
      return bytes.toString('utf8');
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

/** Whether a process is stopped: by a signal, or by a debugger. Never where there is no /proc. */
function isStoppedProcess(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return /^[Tt]$/.test(stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3));
  } catch {
    return false;
  }
}
