import type { Millis } from '../../../../base/units.ts';

/**
 * How long something took, done again and again until once it took less than `belowMs`: a busy machine makes any one
 * of them slow, and none too quick. Five times at least; given up after two hundred.
 */
export async function triesUntil(
  belowMs: Millis,
  once: () => Promise<Millis>,
): Promise<readonly Millis[]> {
  const tries: Millis[] = [];
  while (tries.length < 5 || (Math.min(...tries) >= belowMs && tries.length < 200))
    tries.push(await once());
  return tries;
}
