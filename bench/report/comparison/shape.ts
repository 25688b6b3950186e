import * as z from 'zod';
import { judgedQuantiles } from '../../compare/side.ts';

/*
 * What `bench compare --json` prints, for those who read it. `schema/comparison.schema.json` is made from this, and a
 * test keeps the two and the program's output the same. Keys stay within a schema version; more may follow.
 */
const ms = z.number().meta({ description: 'Milliseconds.' });
const percent = z.number().meta({ description: 'Percent of the baseline.' });
const share = z.number().min(0).max(1);

const side = z.object({ runId: z.string(), target: z.string() });

const effect = z
  .object({
    baselineMs: ms,
    candidateMs: ms,
    ms: ms.meta({ description: 'candidateMs − baselineMs.' }),
    lowMs: ms.optional(),
    highMs: ms.optional(),
    percent,
    bound: z.enum(['at-least', 'at-most', 'unknown']).optional().meta({
      description:
        'Requests were cut: of the candidate (it is at least that much slower), of the baseline (at most), or of both.',
    }),
    lowPercent: percent.optional(),
    highPercent: percent.optional(),
    sd: z
      .number()
      .optional()
      .meta({ description: 'Standard deviation of the log differences between rounds.' }),
    p: z
      .object({ slower: share, faster: share })
      .optional()
      .meta({ description: 'One-sided p values, before Holm.' }),
    hodgesLehmannPercent: percent.optional(),
    detectablePercent: percent
      .optional()
      .meta({ description: 'The smallest slow-down that would be found in 4 of 5 cases.' }),
    informative: z
      .boolean()
      .optional()
      .meta({ description: 'Whether that is at most three times what counts as a difference.' }),
  })
  .meta({
    description: 'How much slower (above 0) the candidate is; low and high: 95 % interval.',
  });

export const comparedCellShape = z.object({
  vantage: z.string().optional().meta({ description: 'Absent: the mean over all vantages.' }),
  scenario: z.string(),
  metric: z.string().meta({ description: 'ttfb_warm, or ttfb_warm/<step>.' }),
  quantile: z.enum(judgedQuantiles),
  rounds: z.int().min(0),
  verdict: z.enum(['faster', 'slower', 'no-difference', 'inconclusive']),
  reason: z.string().optional().meta({ description: 'Why the verdict is no more than that.' }),
  effect: effect.optional(),
});

const comparison = z.object({
  pairing: z.enum(['same-rounds', 'different-runs']),
  baseline: side,
  candidate: side,
  family: z.object({ size: z.int().min(0), alpha: share }),
  cells: z.array(comparedCellShape),
  notes: z.array(z.string()),
  summary: z.array(z.string()).meta({ description: 'What the cells say, in words.' }),
});

export const comparisonShape = z
  .object({
    schema: z.literal(1),
    trustworthy: z
      .boolean()
      .meta({ description: 'False: a run can’t be trusted; the first notes say why.' }),
    comparisons: z.array(comparison),
    notes: z.array(z.string()).meta({ description: 'What the runs lack or warn of.' }),
  })
  .meta({ title: 'bench compare --json' });
