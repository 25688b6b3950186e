import * as z from 'zod';

/** `[bench.fly]`: how Fly Machines are used; each is also a flag of the same name, with dashes. */
export const flySchema = z
  .strictObject({
    app: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'must be lower-case letters, digits and dashes')
      .describe(
        'The Fly app that holds the k6 Machines; those of the topologies are named after it.',
      )
      .meta({ examples: ['global-latency-bench'] }),
    org: z
      .string()
      .min(1)
      .describe('Organisation (slug) in which apps are made.')
      .meta({ examples: ['personal'] }),
    size: z
      .string()
      .regex(
        /^performance-(1|2|4|6|8|10|12|14|16)x$/,
        'must be performance-1x to performance-16x: shared processors throttle after seconds',
      )
      .describe('Preset of the k6 Machines: "performance-2x".')
      .meta({ examples: ['performance-2x'] }),
    via: z
      .enum(['public', 'private'])
      .describe(
        'How k6 reaches the topologies: "public", their URL, or "private": the nearest machine over the private ' +
          "network, past Fly's proxy, so that nobody follows replays.",
      )
      .meta({ examples: ['public'] }),
    max_cost: z
      .number()
      .min(0)
      .describe('US dollars above which a run asks first.')
      .meta({ examples: [1] }),
    upload: z
      .string()
      .regex(
        /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/\w[\w.-]*)*\/?$/,
        'must be s3://bucket/prefix',
      )
      .describe(
        'Object storage by which many samples come home, sooner than through the Machines API: "s3://bucket/prefix". ' +
          'Its keys are in the environment (AWS_ACCESS_KEY_ID and so on); nothing stays there.',
      )
      .meta({ examples: ['s3://bucket/prefix'] }),
    stage: z
      .enum(['staging', 'production'])
      .describe("Which deployment of the topologies is meant; the end of their apps' names.")
      .meta({ examples: ['staging'] }),
  })
  .partial();

/** How Fly Machines are used, complete. */
export interface FlySettings {
  readonly app: string;
  /** `personal` where it is not said and the app has to be made. */
  readonly org?: string;
  readonly size: string;
  readonly via: 'public' | 'private';
  readonly maxCostUsd: number;
  readonly stage?: 'staging' | 'production';
  /** `s3://bucket/prefix`. */
  readonly upload?: string;
}

/** What holds where nobody says otherwise. */
export function flySettings(said: z.infer<typeof flySchema> = {}): FlySettings {
  return {
    app: said.app ?? 'global-latency-bench',
    size: said.size ?? 'performance-2x',
    via: said.via ?? 'public',
    maxCostUsd: said.max_cost ?? 1,
    ...(said.org === undefined ? {} : { org: said.org }),
    ...(said.stage === undefined ? {} : { stage: said.stage }),
    ...(said.upload === undefined ? {} : { upload: said.upload }),
  };
}
