import type { Millis } from '../base/units.ts';

/**
 * Signals that ask a process to end, by whomever they are sent: a person (Ctrl-C, Ctrl-\), a terminal that closes, a
 * supervisor, a scheduler whose time is up. Each of them winds a command down in order.
 */
export const endSignals = [
  ...(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const),
  ...(['SIGXCPU', 'SIGUSR2', 'SIGALRM', 'SIGPWR'] as const),
] as const;

/** How long winding down may take: rows brought home, Machines destroyed while Fly answers badly. */
const windDownMs: Millis = 300_000;

/** A shell, npm and the terminal may each pass one keystroke on. */
const sameKeyMs: Millis = 700;

/** The command's end before its time. */
export interface EndEarly {
  /** Winds the command down; only the first time counts. */
  windDown(why: unknown): void;
  /** A signal came: the first winds down, the others change nothing but are answered. */
  signalled(name: string): void;
  /** An error that nobody caught: winds down, and is the command's fault. */
  fault(error: unknown): void;
  /** What the command was not to do: the first of its faults. */
  faults(): { readonly error: unknown } | undefined;
  /** The command itself is over: from now on only what was written last is waited for. */
  over(): void;
}

export interface EndEarlyParts {
  /** Tells every part of the command. */
  readonly abort: (why: unknown) => void;
  readonly say: (text: string) => void;
  /** Ends the process at once, with what was written until then or without. */
  readonly leave: (how: 'in order' | 'hung') => void;
  readonly now: () => Millis;
  readonly limitMs?: Millis;
}

/**
 * Ends a command early: in order, for as long as that may take and no longer. The second and third signal do not cut it
 * short (rented machines would stay), and when all is done none of them has to wait for a reader that reads no more.
 */
export function endEarly(parts: EndEarlyParts): EndEarly {
  const { abort, say, leave, now, limitMs = windDownMs } = parts;
  let beganAt: Millis | undefined;
  let heardAt = 0;
  let isOver = false;
  let fault: { readonly error: unknown } | undefined;
  const windDown = (why: unknown) => {
    if (beganAt !== undefined || isOver) return;
    beganAt = now();
    setTimeout(() => {
      if (!isOver) leave('hung');
    }, limitMs).unref();
    abort(why);
  };
  return {
    windDown,
    signalled: (name) => {
      if (isOver) {
        leave('in order');
        return;
      }
      const isAnother = beganAt !== undefined && now() - heardAt > sameKeyMs;
      heardAt = now();
      if (isAnother) say(stillAtIt(now() - (beganAt ?? 0), limitMs));
      windDown(name);
    },
    fault: (error) => {
      fault ??= { error };
      if (isOver) leave('in order');
      else windDown(error);
    },
    faults: () => fault,
    over: () => {
      isOver = true;
    },
  };
}

const stillAtIt = (ms: Millis, limitMs: Millis): string =>
  `note Still winding down, for ${(ms / 1000).toFixed(0)} s now; it takes ${(limitMs / 1000).toFixed(0)} s at most. What was measured is kept.\n`;
