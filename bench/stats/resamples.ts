/** Resamples of a bootstrap over rounds (B of the measurement specification). */
export const resampleCount = 2000;

/**
 * How often each of `rounds` rounds is drawn: row b, at [b·rounds, (b + 1)·rounds), belongs to resample b and adds up to
 * `rounds`. The same numbers everywhere and always, so that anyone can recompute an interval: x₀ = 1,
 * xᵢ = 48271·xᵢ₋₁ mod (2³¹ − 1) (Park & Miller, CACM 36, 1993; `std::minstd_rand` of C++), draw i = 1, 2, … takes round
 * ⌊rounds·xᵢ/(2³¹ − 1)⌋, counted from 0, and each resample takes the next `rounds` draws.
 */
export function resamples(rounds: number): Uint16Array {
  const known = cache.get(rounds);
  if (known !== undefined) return known;
  const drawn = draw(rounds);
  cache.set(rounds, drawn);
  return drawn;
}

const cache = new Map<number, Uint16Array>();
const modulus = 2 ** 31 - 1;

function draw(rounds: number): Uint16Array {
  const counts = new Uint16Array(resampleCount * rounds);
  let x = 1;
  for (let start = 0; start < counts.length; start += rounds)
    for (let i = 0; i < rounds; i++) {
      x = (48271 * x) % modulus;
      const taken = start + Math.floor((rounds * x) / modulus);
      counts[taken] = (counts[taken] ?? 0) + 1;
    }
  return counts;
}
