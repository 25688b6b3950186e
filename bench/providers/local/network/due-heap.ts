import type { Millis } from '../../../base/units.ts';

interface Entry<T> {
  readonly due: Millis;
  /** Breaks ties: what came first leaves first. */
  readonly order: number;
  readonly item: T;
}

/** A binary heap of things by due time; equal times leave in the order in which they came. */
export class DueHeap<T> {
  #entries: Entry<T>[] = [];
  #pushed = 0;

  /** Infinity if empty. */
  get firstDue(): Millis {
    return this.#entries[0]?.due ?? Infinity;
  }

  push(due: Millis, item: T): void {
    const entry = { due, order: this.#pushed++, item };
    let at = this.#entries.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.#entries[parent] as Entry<T>;
      if (!before(entry, above)) break;
      this.#entries[at] = above;
      at = parent;
    }
    this.#entries[at] = entry;
  }

  pop(): T | undefined {
    const [first] = this.#entries;
    const last = this.#entries.pop();
    if (last !== undefined && this.#entries.length > 0) this.#sink(last);
    return first?.item;
  }

  clear(): void {
    this.#entries = [];
  }

  #sink(entry: Entry<T>): void {
    let at = 0;
    for (;;) {
      const child = this.#earlierChild(at);
      const below = this.#entries[child];
      if (below === undefined || !before(below, entry)) break;
      this.#entries[at] = below;
      at = child;
    }
    this.#entries[at] = entry;
  }

  #earlierChild(at: number): number {
    const left = this.#entries[2 * at + 1];
    const right = this.#entries[2 * at + 2];
    return left !== undefined && right !== undefined && before(right, left)
      ? 2 * at + 2
      : 2 * at + 1;
  }
}

const before = <T>(a: Entry<T>, b: Entry<T>): boolean =>
  a.due < b.due || (a.due === b.due && a.order < b.order);
