import * as z from 'zod';
import { limitKinds } from '../../compare/gate/budgets.ts';
import { judgedQuantiles } from '../../compare/side.ts';
import { comparedCellShape } from '../comparison/shape.ts';

/*
 * What `bench gate --json` prints, for those who read it. `schema/gate.schema.json` is made from this, and a test keeps
 * the two and the program's output the same. Keys stay within a schema version; more may follow.
 */
const outcome = z.enum(['passed', 'failed', 'untrustworthy', 'partial', 'inconclusive']);
const text = z.string();
const share = z.number().min(0).max(1);

const budget = z.object({
  kind: z.enum(limitKinds),
  target: text,
  vantage: text,
  scenario: text,
  limit: z.number().meta({ description: 'Milliseconds of p50 and p95, otherwise a share.' }),
  measured: z.number().optional().meta({ description: 'In the unit of the limit.' }),
  interval: z
    .object({ low: z.number(), high: z.number().optional() })
    .optional()
    .meta({ description: '95 %, of p50 and p95. Without a high end where requests were cut.' }),
  isLowerBound: z
    .literal(true)
    .optional()
    .meta({ description: 'Requests were cut: it is at least what was measured.' }),
  verdict: z.enum(['met', 'broken', 'inconclusive', 'untrustworthy']),
  reason: text.optional(),
});

const confirmation = z
  .discriminatedUnion('state', [
    z.object({ state: z.literal('confirmed'), percent: z.number(), p: share }),
    z.object({ state: z.literal('refuted'), percent: z.number(), p: share }),
    z.object({ state: z.literal('missing'), reason: text }),
  ])
  .meta({ description: 'What fresh rounds said of a cell that looked slower.' });

const check = z.object({
  candidate: text,
  cell: comparedCellShape,
  gated: z
    .boolean()
    .meta({ description: 'False: shown only, as there is too little to judge by.' }),
  confirmation: confirmation.optional(),
});

const checked = { checks: z.array(check), confirmationRunId: text.optional() };

const regression = z.discriminatedUnion('method', [
  z.object({ method: z.literal('none'), reason: text }),
  z.object({ method: z.literal('same-rounds'), baseline: text, ...checked }),
  z.object({
    method: z.literal('control'),
    control: text,
    accepted: z.int().min(0).meta({ description: 'Accepted runs in the window.' }),
    needed: z.int().min(0).meta({ description: 'As many a judgement takes.' }),
    ...checked,
  }),
]);

const place = {
  candidate: text,
  vantage: text.optional().meta({ description: 'Absent: the mean over all vantages.' }),
  scenario: text,
  metric: text,
  quantile: z.enum(judgedQuantiles),
  percent: z.number(),
  text,
};

const trend = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('creep'), ...place, fixedRunId: text, runs: z.int() }),
  z.object({ kind: z.literal('change'), ...place, runId: text }),
]);

export const gateShape = z
  .object({
    schema: z.literal(1),
    runId: text,
    outcome: outcome.meta({ description: 'Exit codes 0, 4, 3, 6 and 5.' }),
    headline: text,
    reasons: z
      .array(z.object({ outcome: outcome.exclude(['passed']), text }))
      .meta({ description: 'Why it did not pass, the gravest first: the first decides.' }),
    budgets: z.array(budget),
    regression,
    trends: z
      .array(trend)
      .meta({ description: 'What the accepted runs show over time; never a reason.' }),
    notes: z.array(text),
  })
  .meta({ title: 'bench gate --json' });
