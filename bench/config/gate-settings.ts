import * as z from 'zod';
import { named } from './named.ts';

const milliseconds = z
  .number()
  .positive()
  .meta({ examples: [300] });
const share = z
  .number()
  .min(0)
  .max(1)
  .meta({ examples: [0.01] });

const limits = {
  p50: milliseconds.describe('Median of the time to first byte on a warm connection, in ms.'),
  p95: milliseconds.describe('95th percentile of it, in ms.'),
  error_rate: share.describe('Share of the requests: failed, unanswered, or not started in time.'),
  stale_reads: share.describe('Share of the reads that a scenario checks.'),
};
const ofVantages = named(z.strictObject(limits).partial())
  .describe('Limits of single vantages, by region.')
  .meta({ examples: [{ syd: { p50: 300 } }] });

/** `[bench.budgets]`: what every target must keep at every vantage; what is said more narrowly wins. */
export const budgetsSchema = z
  .strictObject({
    ...limits,
    vantages: ofVantages,
    targets: named(z.strictObject({ ...limits, vantages: ofVantages }).partial())
      .describe('Limits of single targets, by name.')
      .meta({ examples: [{ 'read-replicas': { p50: 100 } }] }),
  })
  .partial();

/** `[bench.gate]`: the flags of `bench gate` of the same names. */
export const gateSchema = z
  .strictObject({
    baseline: z
      .string()
      .min(1)
      .describe('Folder of the accepted runs.')
      .meta({ examples: ['reports/baseline'] }),
    baseline_target: z
      .string()
      .min(1)
      .describe('The target of the same rounds that the others are judged against.')
      .meta({ examples: ['released'] }),
    control: z
      .string()
      .min(1)
      .describe('A target that never changes; accepted runs are seen through it.')
      .meta({ examples: ['single-region'] }),
    inconclusive: z
      .enum(['pass', 'fail'])
      .describe('What that counts as, instead of exit code 5.')
      .meta({ examples: ['fail'] }),
  })
  .partial();

export type BudgetSettings = z.infer<typeof budgetsSchema>;
export type GateSettings = z.infer<typeof gateSchema>;

/** What may stand in the table `path` (from `budgets` or `gate` on), for suggestions; empty for any other table. */
export function knownGateKeys([table, ...path]: readonly PropertyKey[]): readonly string[] {
  if (table === 'gate') return Object.keys(gateSchema.shape);
  if (table !== 'budgets') return [];
  if (path.length === 0) return Object.keys(budgetsSchema.shape);
  const ofTarget = path[0] === 'targets' && path.length === 2;
  return [...Object.keys(limits), ...(ofTarget ? ['vantages'] : [])];
}
