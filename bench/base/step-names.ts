/** Requests beyond the rows that a table can show. */
export const otherRequests = 'other requests';

/** So many different requests of a script have a row each. */
const mostSteps = 20;

/** The name of a kind of request: numbers, UUIDs and long hexadecimal parts of a path name a thing, not a kind. */
export const foldedStep = (step: string): string =>
  step
    .split('/')
    .map((segment) => segment.replace(identifier, ':id'))
    .join('/');

const identifier =
  /^(?:\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[0-9a-f]*\d)[0-9a-f]{16,})(?=$|[.?])/i;

/**
 * The rows for a script's requests. `counts`: how often each occurred, in the order in which they first did. Where there
 * are too many, those that differ in an identifier only are one; of what is still too many, the rarest share a last row.
 */
export function stepsFor(counts: ReadonlyMap<string, number>): string[] {
  if (counts.size <= mostSteps) return [...counts.keys()];
  const folded = new Map<string, number>();
  for (const [step, count] of counts) {
    const name = foldedStep(step);
    folded.set(name, (folded.get(name) ?? 0) + count);
  }
  const frequent = [...folded].sort(([, a], [, b]) => b - a).slice(0, mostSteps);
  const shown = new Set(frequent.map(([name]) => name));
  const rest = shown.size < folded.size ? [otherRequests] : [];
  return [...[...folded.keys()].filter((name) => shown.has(name)), ...rest];
}

/** The row of a request among those of {@link stepsFor}. */
export function stepAmong(steps: ReadonlySet<string>, step: string): string {
  if (steps.has(step)) return step;
  const folded = foldedStep(step);
  return steps.has(folded) ? folded : otherRequests;
}
