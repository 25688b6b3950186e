import type { Clock } from './clock.ts';

/** How long what was just made may still be unknown here and there, in milliseconds. */
const freshMs = 10_000;

/** Remembers what was made lately: until then, "not found" says nothing. */
export interface Fresh {
  made(name: string): void;
  gone(name: string): void;
  /** By the clock; undefined for what is old, or unknown. */
  until(name: string): { readonly freshUntil?: number };
}

export function rememberFresh({ now }: Clock): Fresh {
  const until = new Map<string, number>();
  return {
    made: (name) => until.set(name, now() + freshMs),
    gone: (name) => until.delete(name),
    until: (name) => {
      const freshUntil = until.get(name) ?? 0;
      return freshUntil > now() ? { freshUntil } : {};
    },
  };
}
