import * as z from 'zod';
import { flySchema } from './fly-settings.ts';
import { budgetsSchema, gateSchema } from './gate-settings.ts';

/**
 * One `--flag` or one key of `[bench]`: the same names and types in both. All are optional. The descriptions are for
 * people at their editors: `schema/fly.bench.schema.json` is made from them.
 */
export const settingsSchema = z
  .strictObject({
    provider: z.string().describe('Where k6 runs: "local" (the emulated world) or "fly".'),
    regions: z
      .array(z.string())
      .min(1, 'must name at least one region')
      .describe('Where load generators run, and the topologies too: codes of Fly.io, like "cdg".'),
    substitute: z
      .record(z.string(), z.string())
      .describe('Region that Fly has no longer = where to measure instead: scl = "gru".'),
    primary: z
      .string()
      .describe('Region of the primary database; the first of the regions if left out.'),
    topologies: z
      .array(z.string())
      .describe(
        'Ways of deploying the recipe app: "single-region", "multi-region-single-db", "read-replicas"; ' +
          '"slow=single-region" is a second deployment named slow.',
      ),
    scenarios: z
      .array(z.string())
      .min(1, 'must name at least one scenario')
      .describe(
        'Workloads: "search", "browse", "read-your-writes", "read-your-writes-no-cookie", "visit".',
      ),
    targets: z
      .record(z.string(), z.string())
      .describe('Deployments of your own, measured beside or instead: name = base URL.'),
    allow_status: z
      .array(z.int().min(300).max(599))
      .describe(
        'HTTP statuses that count as answers of the built-in scenarios, besides those of success: [404].',
      ),
    follow: z
      .boolean()
      .describe(
        'Whether the built-in scenarios follow redirects; a chain of them is then one request.',
      ),
    profile: z.string().describe('How much to measure: "quick", "standard" or "thorough".'),
    rounds: z.int().min(1).max(1000).describe('Passes over all targets, in shuffled order.'),
    rate: z.int().min(1).max(1000).describe('Iterations a second at each vantage.'),
    duration: z
      .number()
      .positive()
      .describe('Total budget of the measurement in seconds; blocks shrink or grow to fit.'),
    until_ci: z
      .number()
      .min(0.1)
      .max(100)
      .describe(
        'Percent; instead of rounds: they are added until every median is known to ± this.',
      ),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .describe('Repeats the plan of an earlier run.'),
    env: z
      .record(z.string(), z.union([z.string(), z.number()]).transform(String))
      .describe('Settings of the scenarios. QUERIES: queries of a search page, 1 to 20.'),
    rtt: z
      .record(z.string(), z.number().min(0).max(2000))
      .describe(
        'Round-trip times in ms that replace the published ones, in the local world: cdg-ord = 116.',
      ),
    budgets: budgetsSchema.describe(
      'What `bench gate` judges: upper limits; what is said more narrowly wins.',
    ),
    gate: gateSchema.describe('Against what `bench gate` looks for regressions.'),
    fly: flySchema.describe('How Fly Machines are used.'),
  })
  .partial();

export type Settings = z.infer<typeof settingsSchema> & {
  /** The user's own k6 script; only as a flag. */
  readonly script?: string | undefined;
  /** One target measured twice; only as a flag. */
  readonly aa?: boolean | undefined;
};

/** Where each setting came from, for messages: `--rounds`, or `fly.bench.toml:12 [bench] rounds`. */
export type Where = (key: string) => string;
