import * as z from 'zod';
import { flySchema } from './fly-settings.ts';
import { budgetsSchema, gateSchema } from './gate-settings.ts';

/** One `--flag` or one key of `[bench]`: the same names and types in both. All are optional. */
export const settingsSchema = z
  .strictObject({
    provider: z.string(),
    regions: z.array(z.string()).min(1, 'must name at least one region'),
    /** Retired region → where to measure instead. In the file `[bench.regions.substitute]`. */
    substitute: z.record(z.string(), z.string()),
    primary: z.string(),
    topologies: z.array(z.string()),
    scenarios: z.array(z.string()).min(1, 'must name at least one scenario'),
    /** name → base URL */
    targets: z.record(z.string(), z.string()),
    profile: z.string(),
    rounds: z.int().min(1).max(1000),
    rate: z.int().min(1).max(1000),
    /** Seconds: the total budget of the measurement. */
    duration: z.number().positive(),
    /** Percent: rounds are added until every median's interval is that narrow. */
    until_ci: z.number().min(0.1).max(100),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1),
    /** Settings of the scenarios: QUERIES = "3". */
    env: z.record(z.string(), z.union([z.string(), z.number()]).transform(String)),
    /** Round-trip times that replace the published ones: cdg-ord = 116. */
    rtt: z.record(z.string(), z.number().min(0).max(2000)),
    /** What `bench gate` judges. */
    budgets: budgetsSchema,
    gate: gateSchema,
    fly: flySchema,
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
