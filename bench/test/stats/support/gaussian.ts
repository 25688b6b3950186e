import type { Random } from '../../../base/random.ts';

/** Standard normal numbers (Box & Muller, Annals of Mathematical Statistics 29, 1958). */
export function gaussian(random: Random): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const length = Math.sqrt(-2 * Math.log(1 - random.float()));
    const angle = 2 * Math.PI * random.float();
    spare = length * Math.sin(angle);
    return length * Math.cos(angle);
  };
}
