import * as z from 'zod';

/*
 * What must hold in a file before it is used. Loose: later versions add keys, and a reader must not mind.
 * The types are those of manifest.ts and outcome.ts; here stands only what somebody computes with.
 */
const number = z.number();
const text = z.string();
const count = z.int().min(0);

const block = z.looseObject({
  round: count,
  order: count,
  target: text,
  scenario: text,
  startMs: number,
  warmUpMs: number,
  keepMs: number,
  drainMs: number,
  wanted: number,
});

const plan = z.looseObject({
  schema: z.literal(1),
  seed: number,
  profile: text,
  primary: text,
  vantages: z.array(text),
  targets: z.array(z.looseObject({ kind: z.enum(['topology', 'url']), name: text })),
  scenarios: z.array(
    z.looseObject({
      name: text,
      steps: z.array(text),
      headline: text,
      env: z.record(text, text),
      secrets: z.record(text, text).optional(),
    }),
  ),
  rounds: count,
  rate: number,
  vus: number,
  requestTimeoutMs: number,
  supersededRounds: count.optional(),
  blocks: z.array(block),
});

const place = z.looseObject({
  city: text,
  lat: number.min(-90).max(90),
  lon: number.min(-180).max(180),
});

const link = z.looseObject({
  topology: text.optional(),
  from: text,
  to: text,
  wantedMs: number,
  n: number,
  p50Ms: number,
  p99Ms: number,
  openMs: number,
});

/** `manifest.json`, schema 1. */
export const manifestShape = z.looseObject({
  schema: z.literal(1),
  runId: text,
  confirms: text.optional(),
  startAt: number.optional(),
  added: z.array(count).optional(),
  startedAtIso: text,
  endedAtIso: text,
  state: z.enum(['complete', 'partial', 'interrupted']),
  command: z.array(text),
  environment: z.looseObject({ passed: z.array(text), dropped: z.array(text) }).optional(),
  provider: text,
  versions: z.looseObject({ bench: text, node: text, k6: text, os: text }),
  plan,
  rtt: z.record(text, z.looseObject({ ms: number, source: text })),
  regions: z.record(text, place).optional(),
  calibrations: z.array(
    z.looseObject({ when: z.enum(['before', 'after']), atIso: text, links: z.array(link) }),
  ),
  vantages: z.record(
    text,
    z.looseObject({
      state: z.enum(['measured', 'failed', 'interrupted']),
      reason: text.optional(),
    }),
  ),
  warnings: z.array(z.looseObject({ code: text })),
});

/** `outcomes.json`. */
export const outcomesShape = z.looseObject({
  blocks: z.array(
    z.looseObject({
      vantage: text,
      target: text,
      scenario: text,
      round: count,
      order: count,
      keep_from_us: number,
      end_us: number,
      kept: count,
      cold: count,
      dropped: count,
      unanswered: count.optional(),
      failed: count,
      cut: count.optional(),
      unfinished: count.optional(),
      unfinished_ttfb_ms: number.optional(),
      implausible: count,
      valid: z.boolean(),
      reason: text.optional(),
    }),
  ),
});
