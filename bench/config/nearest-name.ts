import { closest, distance } from 'fastest-levenshtein';

/** The known name that a misspelt one most likely meant; undefined if none is near. */
export function nearestName(typed: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const best = closest(typed.toLowerCase(), known);
  const tolerated = Math.max(2, Math.floor(best.length / 3));
  return distance(typed.toLowerCase(), best) <= tolerated ? best : undefined;
}

/** What to tell somebody who typed an unknown name. */
export function suggest(typed: string, known: readonly string[]): string {
  const near = nearestName(typed, known);
  const all = `Known: ${known.join(', ')}.`;
  return near === undefined ? all : `Did you mean ${near}? ${all}`;
}
