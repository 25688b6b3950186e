import * as z from 'zod';
import { flySchema } from './fly-settings.ts';
import { budgetsSchema, gateSchema } from './gate-settings.ts';
import { named } from './named.ts';

/** A value that is taken from a variable of the environment, and never stored: `{ env = "API_KEY" }`. */
const fromEnvironmentSchema = z.strictObject({
  env: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'must be the name of a variable of the environment')
    .describe('The variable that holds the value.')
    .meta({ examples: ['API_KEY'] }),
});
export type FromEnvironment = z.infer<typeof fromEnvironmentSchema>;

/**
 * One `--flag` or one key of `[bench]`: the same names and types in both. All are optional. The descriptions are for
 * people at their editors: `schema/fly.bench.schema.json` is made from them. The examples are what an error tells to
 * write.
 */
export const settingsSchema = z
  .strictObject({
    provider: z
      .string()
      .describe('Where k6 runs: "local" (the emulated world) or "fly".')
      .meta({ examples: ['local'] }),
    regions: z
      .array(z.string())
      .min(1, 'must name at least one region')
      .describe('Where load generators run, and the topologies too: codes of Fly.io, like "cdg".')
      .meta({ examples: [['cdg', 'syd']] }),
    substitute: named(z.string())
      .describe('Region that Fly has no longer = where to measure instead: scl = "gru".')
      .meta({ examples: [{ scl: 'gru' }] }),
    primary: z
      .string()
      .describe('Region of the primary database; the first of the regions if left out.')
      .meta({ examples: ['cdg'] }),
    topologies: z
      .array(z.string())
      .describe(
        'Ways of deploying the recipe app: "single-region", "multi-region-single-db", "read-replicas"; ' +
          '"slow=single-region" is a second deployment named slow.',
      )
      .meta({ examples: [['single-region', 'read-replicas']] }),
    scenarios: z
      .array(z.string())
      .min(1, 'must name at least one scenario')
      .describe(
        'Workloads: "search", "browse", "read-your-writes", "read-your-writes-no-cookie", "visit".',
      )
      .meta({ examples: [['search']] }),
    script: z
      .string()
      .min(1)
      .describe(
        'Your own k6 script, TypeScript or JavaScript; relative to the folder of this file.',
      )
      .meta({ examples: ['flows/checkout.ts'] }),
    targets: named(z.string())
      .describe('Deployments of your own, measured beside or instead: name = base URL.')
      .meta({ examples: [{ prod: 'https://example.com' }] }),
    allow_status: z
      .array(z.int().min(300).max(599))
      .describe(
        'HTTP statuses that count as answers of the built-in scenarios, besides those of success: [404].',
      )
      .meta({ examples: [[404]] }),
    follow: z
      .boolean()
      .describe(
        'Whether the built-in scenarios follow redirects; a chain of them is then one request.',
      )
      .meta({ examples: [true] }),
    profile: z
      .string()
      .describe('How much to measure: "quick", "standard" or "thorough".')
      .meta({ examples: ['quick'] }),
    rounds: z
      .int()
      .min(1)
      .max(1000)
      .describe('Passes over all targets, in shuffled order.')
      .meta({ examples: [8] }),
    rate: z
      .int()
      .min(1)
      .max(1000)
      .describe('Iterations a second at each vantage.')
      .meta({ examples: [20] }),
    duration: z
      .number()
      .positive()
      .describe('Total budget of the measurement in seconds; blocks shrink or grow to fit.')
      .meta({ examples: [90] }),
    until_ci: z
      .number()
      .min(0.1)
      .max(100)
      .describe('Percent; instead of rounds: they are added until every median is known to ± this.')
      .meta({ examples: [5] }),
    aa: z
      .boolean()
      .describe('Measures one target twice: what differs is the noise of this machine.')
      .meta({ examples: [true] }),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .describe('Repeats the plan of an earlier run.')
      .meta({ examples: [1] }),
    env: named(
      z.union([z.union([z.string(), z.number()]).transform(String), fromEnvironmentSchema]),
    )
      .describe(
        'Settings of the scenarios. QUERIES: queries of a search page, 1 to 20. API_KEY = { env = "API_KEY" } takes a ' +
          'value from the environment, and keeps it out of all results.',
      )
      .meta({ examples: [{ QUERIES: '3' }] }),
    rtt: named(
      z
        .number()
        .min(0)
        .max(2000)
        .meta({ examples: [116] }),
    )
      .describe(
        'Round-trip times in ms that replace the published ones, in the local world: cdg-ord = 116.',
      )
      .meta({ examples: [{ 'cdg-ord': 116 }] }),
    out: z
      .string()
      .min(1)
      .describe('The run folder, instead of reports/<run-id>; relative to the folder of this file.')
      .meta({ examples: ['reports/mine'] }),
    baseline: z
      .string()
      .min(1)
      .describe(
        'A saved baseline or an earlier run to compare with when done; relative to the folder of this file.',
      )
      .meta({ examples: ['reports/baseline'] }),
    open: z
      .boolean()
      .describe('Opens the page when done.')
      .meta({ examples: [true] }),
    yes: z
      .boolean()
      .describe('Does not ask: neither for the cost nor for the load.')
      .meta({ examples: [true] }),
    json: z
      .boolean()
      .describe('Prints the summary as JSON.')
      .meta({ examples: [true] }),
    quiet: z
      .boolean()
      .describe('Shows no progress.')
      .meta({ examples: [true] }),
    budgets: budgetsSchema.describe(
      'What `bench gate` judges: upper limits; what is said more narrowly wins.',
    ),
    gate: gateSchema.describe('Against what `bench gate` looks for regressions.'),
    fly: flySchema.describe('How Fly Machines are used.'),
  })
  .partial();

type InFile = z.infer<typeof settingsSchema>;

/** Under names that the user chose, in the order typed; as flags a name may come twice, which is refused later. */
export type Named<Value> = Iterable<readonly [name: string, value: Value]>;

export type Settings = Omit<InFile, 'targets' | 'env' | 'rtt' | 'substitute'> & {
  readonly targets?: Named<string> | undefined;
  readonly env?: Named<string | FromEnvironment> | undefined;
  readonly rtt?: Named<number> | undefined;
  readonly substitute?: Named<string> | undefined;
};

/** Where each setting came from, for messages: `--rounds`, or `fly.bench.toml:12 [bench] rounds`. */
export type Where = (key: string) => string;
