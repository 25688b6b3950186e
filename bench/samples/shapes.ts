import * as z from 'zod';
import { boundedList as list } from './bounded-list.ts';
import { latestMs, longest, longestMs, most } from './limits.ts';
import { warningShape } from './warning-shape.ts';

/*
 * What must hold in a file before it is used. Loose: later versions add keys, and a reader must not mind.
 * The types are those of manifest.ts and outcome.ts; here stands only what somebody computes with, and how much of it
 * there may be.
 */
const text = z.string().max(longest.text);
/** Half of a character has no place in a URL, nor in the name of a file. */
const name = z
  .string()
  .max(longest.name)
  .regex(/^(?!__proto__$)\P{Cs}*$/u);
/** A region: by its name things are looked up. */
const code = name.refine((text) => !(text in Object.prototype));
const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const ms = z.number().min(-longestMs).max(longestMs);
const micros = z
  .number()
  .min(0)
  .max(1000 * latestMs);
const unixMs = z.number().min(0).max(latestMs);
const date = text.refine((iso) => Date.parse(iso) >= 0 && Date.parse(iso) < latestMs);
const round = z.int().min(0).max(most.rounds);

/** Like `z.record`. */
function table<T extends z.ZodType>(item: T, atMost: number) {
  return z
    .custom<Record<string, unknown>>(
      (value) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.keys(value).length <= atMost,
    )
    .pipe(z.record(name, item));
}

/** None twice: what belongs to one would be read for both. */
const distinct = (names: readonly string[]): boolean => new Set(names).size === names.length;

const block = z.looseObject({
  round,
  order: count,
  target: name,
  scenario: name,
  startMs: ms,
  warmUpMs: ms,
  keepMs: ms,
  drainMs: ms,
  wanted: z.number().min(0).max(1e9),
});

const target = z.looseObject({ kind: z.enum(['topology', 'url']), name });
const scenario = z.looseObject({
  name,
  steps: list(name, most.steps),
  headline: name,
  env: table(text, most.words),
  secrets: table(name, most.words).optional(),
});

const plan = z
  .looseObject({
    schema: z.literal(1),
    seed: z.number(),
    profile: name,
    primary: code,
    vantages: list(code, most.vantages).refine(distinct),
    targets: list(target, most.targets).refine((all) => distinct(all.map((one) => one.name))),
    scenarios: list(scenario, most.scenarios),
    rounds: round,
    rate: z.number().positive().max(1e6),
    vus: z.number().min(0).max(1e6),
    requestTimeoutMs: ms,
    supersededRounds: round.optional(),
    blocks: list(block, most.blocks),
    durationMs: ms.optional(),
  })
  .refine(({ vantages, targets, scenarios }) => {
    const steps = scenarios.reduce((sum, one) => sum + Math.max(1, one.steps.length), 0);
    return vantages.length * targets.length * steps <= most.cells;
  });

const place = z.looseObject({
  city: name,
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
});

const link = z.looseObject({
  topology: name.optional(),
  from: name,
  to: name,
  wantedMs: ms,
  n: count,
  p50Ms: ms,
  p99Ms: ms,
  openMs: ms,
});

const machine = z.looseObject({
  ...{ vantage: name, id: name, region: name, size: name },
  clock: z.looseObject({ offsetMs: z.number(), uncertaintyMs: z.number() }).optional(),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const failure = z.looseObject({
  part: name,
  how: text,
  lastLine: text.optional(),
  fromMs: unixMs,
  toMs: unixMs.optional(),
  ended: z.boolean(),
  spoils: z.union([
    z.literal('everything'),
    list(
      z.looseObject({ target: name, vantages: list(name, most.vantages).optional() }),
      most.targets,
    ),
  ]),
});

/** `manifest.json`, schema 1. */
export const manifestShape = z.looseObject({
  schema: z.literal(1),
  runId: name,
  confirms: name.optional(),
  startAt: z.number().min(0).max(latestMs).optional(),
  added: list(round, most.parts).optional(),
  startedAtIso: date,
  endedAtIso: date.or(z.literal('')),
  state: z.enum(['complete', 'partial', 'interrupted']),
  command: list(text, most.words),
  environment: z
    .looseObject({ passed: list(name, most.words), dropped: list(name, most.words) })
    .optional(),
  provider: name,
  versions: z.looseObject({
    ...{ bench: name, node: name, k6: name, os: name },
    ...{ postgres: name.optional(), gitSha: name.optional() },
  }),
  plan,
  rtt: table(z.looseObject({ ms, source: text }), most.links),
  regions: table(place, most.links).optional(),
  calibrations: list(
    z.looseObject({
      when: z.enum(['before', 'after']),
      atIso: date,
      links: list(link, most.links),
    }),
    most.calibrations,
  ),
  machines: list(machine, most.machines).optional(),
  fly: z.looseObject({ app: name, size: name, org: name.optional() }).optional(),
  vantages: table(
    z.looseObject({
      state: z.enum(['measured', 'failed', 'interrupted']),
      reason: text.optional(),
      cpuShare: z.number().optional(),
    }),
    most.vantages,
  ),
  warnings: list(warningShape, most.warnings),
  files: table(z.looseObject({ sha256, bytes: count }), 4 * most.vantages).optional(),
  scripts: table(
    z.looseObject({ sha256, imports: table(sha256, most.words).optional() }),
    most.scenarios,
  ).optional(),
  failures: list(failure, most.failures).optional(),
  standstills: list(z.looseObject({ fromMs: unixMs, toMs: unixMs }), most.failures).optional(),
});

/** `outcomes.json`. */
export const outcomesShape = z.looseObject({
  blocks: list(
    z.looseObject({
      vantage: name,
      target: name,
      scenario: name,
      round,
      order: count,
      keep_from_us: micros,
      end_us: micros,
      kept: count,
      cold: count,
      dropped: count,
      unanswered: count.optional(),
      failed: count,
      cut: count.optional(),
      unfinished: count.optional(),
      unfinished_ttfb_ms: ms.optional(),
      implausible: count,
      valid: z.boolean(),
      reason: text.optional(),
    }),
    most.outcomes,
  ),
});
