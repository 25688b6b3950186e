import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers that only depends on its seed. */
export interface Random {
  /** Uniform in [0, 1). */
  float(): number;
  /** Uniform whole number in [low, high], both included. */
  int(low: number, high: number): number;
  /** A shuffled copy (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[];
  /** An independent stream for one purpose: adding a purpose never changes the numbers of another. */
  fork(purpose: string): Random;
}

export function seededRandom(seed: number): Random {
  // Small seeds differ in few bits, and so would their first numbers.
  const generator = xoroshiro128plus(hash(String(seed)));
  const int = (low: number, high: number) => uniformInt(generator, low, high);
  return {
    float: () => uniformFloat64(generator),
    int,
    shuffle: (items) => shuffled(items, int),
    fork: (purpose) => seededRandom(hash(`${seed}:${purpose}`)),
  };
}

function shuffled<T>(items: readonly T[], int: (low: number, high: number) => number): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = int(0, i);
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo): spreads seed and purpose over the generator's seed space. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) h = Math.imul(h ^ byte, 0x01000193);
  return h | 0;
}
