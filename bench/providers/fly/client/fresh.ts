import type { Millis } from '../../../base/units.ts';
import type { Clock } from './clock.ts';

/** How long what was just made may still be unknown here and there, in milliseconds. */
const freshMs = 10_000;

/** Remembers what was made lately: until then, "not found" says nothing. */
export interface Fresh {
  made(name: string): void;
  /** It answered, so that from now on a 404 most likely means what it says. */
  seen(name: string): void;
  gone(name: string): void;
  /** By the clock; undefined for what is old, or unknown. */
  until(name: string, unlessSeen?: 'unless seen'): { readonly freshUntil?: Millis };
}

export function rememberFresh({ now }: Clock): Fresh {
  const until = new Map<string, Millis>();
  const seen = new Set<string>();
  return {
    made: (name) => until.set(name, now() + freshMs),
    seen: (name) => seen.add(name),
    gone: (name) => until.delete(name),
    until: (name, unlessSeen) => {
      if (unlessSeen !== undefined && seen.has(name)) return {};
      const freshUntil = until.get(name) ?? 0;
      return freshUntil > now() ? { freshUntil } : {};
    },
  };
}
