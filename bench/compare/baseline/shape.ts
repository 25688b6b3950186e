import * as z from 'zod';
import { boundedList as list } from '../../samples/bounded-list.ts';
import { longest, longestMs, most } from '../../samples/limits.ts';
import { judgedQuantiles, type Side } from '../side.ts';
import { baselineSchema, type AcceptedCell, type Baseline, type KeptRun } from './baseline.ts';

/*
 * `baseline.json` as it lies on disk. Loose: later versions add keys. What is computed with is checked; a latency that
 * is not above 0 has no logarithm.
 */
const text = z.string().max(longest.name);
const latency = z.number().positive().max(longestMs);
const count = z.int().min(0);
const place = { target: text, vantage: text, scenario: text, metric: text, n: count };

const bounds = z.array(z.enum(judgedQuantiles));

const keptCell = z
  .looseObject({
    ...place,
    round: list(count, most.rounds),
    p50: list(latency, most.rounds),
    p95: list(latency, most.rounds),
    atLeast: list(bounds, most.rounds).optional(),
  })
  .refine(({ round, p50, p95 }) => round.length === p50.length && round.length === p95.length, {
    error: 'the lists of a cell differ in length',
  });
const acceptedCell = z.looseObject({
  ...{ ...place, rounds: count, p50: latency, p95: latency },
  atLeast: bounds.optional(),
});

const run = { runId: text, startedAtIso: text };
const keptRun = z.looseObject({ ...run, cells: list(keptCell, 2 * most.cells) });

const conditions = z.looseObject({
  provider: text,
  versions: z.looseObject({ k6: text }),
  plan: z.looseObject({
    primary: text,
    vantages: list(text, most.vantages),
    scenarios: list(
      z.looseObject({ name: text, steps: list(text, most.steps), env: z.record(text, text) }),
      most.scenarios,
    ),
    rate: z.number(),
    vus: z.number(),
    requestTimeoutMs: z.number(),
  }),
  rtt: z.record(text, z.looseObject({ ms: z.number() })),
});

/** Parses what `formatBaseline` writes. */
export const baselineShape = z
  .looseObject({
    schema: z.literal(baselineSchema),
    conditions,
    fixed: keptRun,
    newest: keptRun,
    window: list(z.looseObject({ ...run, cells: list(acceptedCell, 2 * most.cells) }), most.parts),
  })
  .transform((file): Baseline => ({
    ...file,
    window: file.window.map(({ cells, ...own }) => ({ ...own, cells: cells.map(acceptedOf) })),
    fixed: keptOf(file.fixed),
    newest: keptOf(file.newest),
  }));

function acceptedOf({ atLeast, ...cell }: z.infer<typeof acceptedCell>): AcceptedCell {
  return { ...cell, ...(atLeast === undefined ? {} : { atLeast }) };
}

function keptOf({ runId, startedAtIso, cells }: z.infer<typeof keptRun>): KeptRun {
  const targets = [...new Set(cells.map(({ target }) => target))];
  const sides = targets.map((target): Side => {
    const own = cells.filter((cell) => cell.target === target);
    return { runId, target, startedAtIso, cells: own.map(cellOf) };
  });
  return { runId, startedAtIso, sides };
}

function cellOf({
  round,
  p50,
  p95,
  atLeast = [],
  ...cell
}: z.infer<typeof keptCell>): Side['cells'][number] {
  return {
    ...{ vantage: cell.vantage, scenario: cell.scenario, metric: cell.metric, n: cell.n },
    rounds: round.map((r, i) => {
      const bounds = atLeast[i] ?? [];
      return {
        ...{ round: r, p50: p50[i] ?? NaN, p95: p95[i] ?? NaN },
        ...(bounds.length === 0 ? {} : { atLeast: bounds }),
      };
    }),
  };
}
