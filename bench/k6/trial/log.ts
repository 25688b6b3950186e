import type { Millis } from '../../base/units.ts';

/** What a trial's log reports. */
export interface TrialLog {
  /** Errors of k6 and of the script outside of iterations, as k6 words them. */
  readonly errors: readonly string[];
  /** Options of the script that the schedule replaces. */
  readonly replaced: readonly string[];
  /** Files that the script opens. */
  readonly opened: readonly string[];
  /** All setup functions together. */
  readonly setupMs: Millis;
  /** Target → one iteration. */
  readonly iterationMs: ReadonlyMap<string, Millis>;
}

const mark = 'bench:';

/** Reads k6's log (`--log-format json`): what the wrapper of the script notes, and what went wrong. */
export function readTrialLog(text: string): TrialLog {
  const errors: string[] = [];
  const replaced = new Set<string>();
  const opened = new Set<string>();
  const iterationMs = new Map<string, Millis>();
  let setupMs = 0;
  for (const line of text.split('\n')) {
    const { level, msg = '', scenario } = parsed(line);
    if (msg.startsWith(mark)) read(msg.slice(mark.length));
    // Exceptions of iterations are counted apart, with their targets.
    else if (level === 'error' && scenario === undefined) errors.push(msg);
  }
  return { errors, replaced: [...replaced], opened: [...opened], setupMs, iterationMs };

  function read(json: string): void {
    const note = parsed(json) as Partial<Note>;
    note.replaced?.forEach((option) => replaced.add(option));
    if (note.opened !== undefined) opened.add(note.opened);
    if (note.setupMs !== undefined) setupMs += note.setupMs;
    if (note.iterationMs !== undefined && note.target !== undefined)
      iterationMs.set(note.target, Math.max(note.iterationMs, iterationMs.get(note.target) ?? 0));
  }
}

interface Note {
  readonly opened: string;
  readonly replaced: readonly string[];
  readonly setupMs: Millis;
  readonly iterationMs: Millis;
  readonly target: string;
}

interface Line {
  readonly level?: string;
  readonly msg?: string;
  readonly scenario?: string;
}

function parsed(text: string): Line {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return {};
  }
}
