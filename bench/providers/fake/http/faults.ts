import type { Millis } from '../../../base/units.ts';

/**
 * How a call goes wrong: a number is a status that is answered and nothing else happens; `drop-before` and `drop-after`
 * cut the connection without or with the call's effect (the second is what makes a create ambiguous); `after` answers
 * a status although the call had its effect.
 */
export type Fault = number | 'drop-before' | 'drop-after' | { readonly after: number };

/** What is broken on purpose. Actions are those of the routes; `*` is every action. */
export class Faults {
  readonly #once = new Map<string, Fault[]>();
  readonly #until = new Map<string, { readonly fault: Fault; readonly end: number }>();
  readonly #everyOnce: { readonly fault: Fault; readonly seen: Set<string> }[] = [];
  readonly #slow = new Map<string, Millis>();

  /** The next call of this action goes wrong; said twice, the next two. */
  failOnce(action: string, fault: Fault): void {
    this.#once.set(action, [...(this.#once.get(action) ?? []), fault]);
  }

  /** The first call from now on of each action goes wrong. */
  failEveryActionOnce(fault: Fault): void {
    this.#everyOnce.push({ fault, seen: new Set() });
  }

  /** Every call of this action goes wrong for so long. */
  failFor(action: string, ms: Millis, fault: Fault): void {
    this.#until.set(action, { fault, end: Date.now() + ms });
  }

  /** Every answer to this action comes so much later; 0 makes it quick again. */
  delay(action: string, ms: Millis): void {
    this.#slow.set(action, ms);
  }

  /** How much later this call's answer comes. */
  delayOf(action: string): Millis {
    return this.#slow.get(action) ?? this.#slow.get('*') ?? 0;
  }

  /** What goes wrong with this call, if anything; uses up what happens once. */
  take(action: string): Fault | undefined {
    for (const key of [action, '*']) {
      const once = this.#once.get(key)?.shift();
      if (once !== undefined) return once;
      const lasting = this.#until.get(key);
      if (lasting !== undefined && Date.now() < lasting.end) return lasting.fault;
    }
    const first = this.#everyOnce.find(({ seen }) => !seen.has(action));
    first?.seen.add(action);
    return first?.fault;
  }
}
