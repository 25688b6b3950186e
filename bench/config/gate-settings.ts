import * as z from 'zod';

const milliseconds = z.number().positive();
const share = z.number().min(0).max(1);

const limits = {
  /** The median and the 95th percentile of the time to first byte, in ms. */
  p50: milliseconds,
  p95: milliseconds,
  /** Of all requests: failed, unanswered, or not even started in time. */
  error_rate: share,
  /** Of the reads that a scenario checks. */
  stale_reads: share,
};
const ofVantages = z.record(z.string(), z.strictObject(limits).partial());

/** `[bench.budgets]`: what every target must keep at every vantage; what is said more narrowly wins. */
export const budgetsSchema = z
  .strictObject({
    ...limits,
    vantages: ofVantages,
    targets: z.record(z.string(), z.strictObject({ ...limits, vantages: ofVantages }).partial()),
  })
  .partial();

/** `[bench.gate]`: the flags of `bench gate` of the same names. */
export const gateSchema = z
  .strictObject({
    /** Folder of the accepted runs. */
    baseline: z.string().min(1),
    baseline_target: z.string().min(1),
    control: z.string().min(1),
    inconclusive: z.enum(['pass', 'fail']),
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
