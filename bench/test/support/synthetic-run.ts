import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { seededRandom, type Random } from '../../base/random.ts';
import type { Warning } from '../../base/warnings.ts';
import { blockTags } from '../../plan/k6-options.ts';
import type { Plan, PlannedBlock, PlannedScenario, PlannedTarget } from '../../plan/plan.ts';
import { readSamples } from '../../k6/output.ts';
import { collectSeries } from '../../samples/collect.ts';
import type { Manifest, VantageMachine } from '../../samples/manifest.ts';
import { openRun } from '../../samples/open-run.ts';
import type { LinkReading } from '../../samples/links.ts';
import { spoiltBy } from '../../samples/block-spoiler.ts';
import { offBlocks } from '../../samples/off-blocks.ts';
import type { BlockOutcome, Calibration } from '../../samples/outcome.ts';
import { tallyOutcomes } from '../../samples/outcomes.ts';
import { roundSpans } from '../../samples/round-spans.ts';
import { linkWarnings } from '../../run/link-warnings.ts';
import { recordFiles } from '../../samples/integrity.ts';
import { createRunFolder } from '../../samples/run-folder.ts';
import { regionOf } from '../../world/vantage.ts';
import type { ReportInput } from '../../report/model.ts';

/** What a synthetic run is like; everything else follows from it and the seed. */
export interface SyntheticRun {
  readonly seed?: number;
  readonly vantages?: readonly string[];
  readonly targets?: readonly string[];
  readonly rounds?: number;
  /** Requests in the kept part of a block. */
  readonly perBlock?: number;
  /** Vantages that fail: no rows, and a reason. */
  readonly failing?: Readonly<Record<string, string>>;
  /** `target@vantage` → a round of it that does not count, and why. */
  readonly lost?: Readonly<Record<string, { readonly round: number; readonly reason: string }>>;
  readonly warnings?: readonly Warning[];
  readonly staleReads?: boolean;
  /** Its links were probed: the one to the last vantage took 12 ms too long in these rounds. */
  readonly linkOff?: readonly number[];
  /** From rented machines, with real distances. */
  readonly rented?: boolean;
  readonly state?: Manifest['state'];
  readonly runId?: string;
  /** ISO; latencies don't depend on it. */
  readonly startedAtIso?: string;
  /** `target@vantage` → how many times as long its requests take. */
  readonly slower?: Readonly<Record<string, number>>;
}

/** When the synthetic load starts. */
export const startAt = Date.UTC(2026, 10, 21, 12, 40, 5);
const rate = 20;
const queries = 3;

/** Round trips to cdg, and between the others, in ms; the same as in bench/world/rtt.json or near. */
const rttToPrimary: Readonly<Record<string, number>> = {
  ...{ cdg: 0, ord: 108, syd: 286, scl: 211, gru: 190 },
};

/**
 * Writes a run folder as a real run would leave it: rows as k6 v2.2.0 writes them, with seeded lognormal latencies
 * around what the distances ask for. Gives the folder.
 */
export async function writeSyntheticRun(dir: string, run: SyntheticRun = {}): Promise<string> {
  const manifest = syntheticManifest(run);
  const { plan } = manifest;
  const folder = await createRunFolder(dir);
  const blocks: BlockOutcome[] = [];
  const readings = linkReadings(manifest, run);
  const off = offBlocks(manifest, startAt, readings);
  for (const vantage of plan.vantages) {
    const tally = tallyOutcomes(plan, vantage, startAt);
    if (run.failing?.[vantage] === undefined) {
      const file = folder.samplesFile(vantage);
      await writeRows(file, rowsOf(plan, vantage, run));
      await readSamples(file, vantage, tally);
    }
    const spoilt = spoiltBy(plan, vantage, { failures: [], standstills: [] }, off);
    blocks.push(...tally.outcomes([], true, spoilt).map((block) => judged(block, run)));
  }
  await folder.addLinks(readings);
  await folder.writeOutcomes({ blocks });
  await folder.writeManifest({
    ...manifest,
    warnings: [...linkWarnings(off), ...manifest.warnings],
    files: await recordFiles(folder.unfinished),
  });
  await folder.complete();
  return folder.dir;
}

/** One a second of every link to the primary region. */
function linkReadings({ plan, rtt }: Manifest, { linkOff }: SyntheticRun): LinkReading[] {
  if (linkOff === undefined) return [];
  const random = seededRandom(plan.seed).fork('links');
  const spans = [...roundSpans(plan, startAt)];
  const isOff = (atUs: number) =>
    spans.some(([round, s]) => linkOff.includes(round) && atUs >= s.fromUs && atUs <= s.toUs);
  return Array.from({ length: Math.ceil(plan.durationMs / 1000) + 4 }, (_, second) =>
    Object.entries(rtt).map(([pair, { ms }], i): LinkReading => {
      const [from = '', to = ''] = pair.split('-');
      const atUs = 1000 * (startAt - 3000) + 1e6 * (second + i / 10);
      const more = isOff(atUs) && pair.includes(plan.vantages.at(-1) ?? '') ? 12 : 0;
      return { from, to, atUs, rttMs: ms + more + 0.1 + 0.6 * random.float() ** 3 };
    }),
  ).flat();
}

function judged(block: BlockOutcome, { lost }: SyntheticRun): BlockOutcome {
  const { round, reason } = lost?.[`${block.target}@${block.vantage}`] ?? {};
  return round === block.round ? { ...block, valid: false, reason: reason ?? '' } : block;
}

/** Reads a run folder as the commands do, up to what a report is made of. */
export async function readRun(dir: string): Promise<ReportInput> {
  const { manifest, outcomes, samples, missing, links } = await openRun(dir);
  const collector = collectSeries(manifest.plan, outcomes);
  for (const { vantage, file } of samples)
    await readSamples(file, vantage, collector.from(vantage));
  const series = collector.series();
  return { manifest, outcomes, missing, series, staleReads: collector.staleReads(), links };
}

export function syntheticPlan(run: SyntheticRun = {}): Plan {
  const { seed = 1, rounds = 8, perBlock = 50 } = run;
  const vantages = run.vantages ?? ['cdg', 'ord', 'syd', 'scl'];
  const names = run.targets ?? ['single-region', 'multi-region-single-db', 'read-replicas'];
  const targets = names.map((name): PlannedTarget => ({ kind: 'topology', name }));
  const scenarios = scenariosOf(run);
  const random = seededRandom(seed).fork('order');
  const timing = { warmUpMs: 800, keepMs: (1000 * perBlock) / rate, drainMs: 1000 };
  const length = timing.warmUpMs + timing.keepMs + timing.drainMs;
  const blocks = Array.from({ length: rounds }, (_, round) =>
    random
      .shuffle(names.flatMap((target) => scenarios.map(({ name }) => ({ target, scenario: name }))))
      .map((pairing, order) => ({ ...pairing, round, order })),
  )
    .flat()
    .map((block, i): PlannedBlock => ({
      ...block,
      ...timing,
      startMs: i * length,
      wanted: perBlock,
    }));
  return {
    ...{ schema: 1, seed, profile: 'quick', primary: vantages[0] ?? 'cdg', vantages, targets },
    ...{ scenarios, rounds, rate, vus: 2 * rate, requestTimeoutMs: 10_000, blocks },
    durationMs: blocks.length * length,
  };
}

function scenariosOf({ staleReads = false }: SyntheticRun): PlannedScenario[] {
  const search: PlannedScenario = {
    name: 'search',
    file: 'search.k6.ts',
    steps: ['search'],
    headline: 'search',
    env: { QUERIES: String(queries) },
  };
  const readBack: PlannedScenario = {
    name: 'read-your-writes',
    file: 'read-your-writes.k6.ts',
    steps: ['write', 'read'],
    headline: 'read',
    env: {},
  };
  return staleReads ? [search, readBack] : [search];
}

export function syntheticManifest(run: SyntheticRun = {}): Manifest {
  const plan = syntheticPlan(run);
  const rtt = Object.fromEntries(
    [...new Set(plan.vantages.map(regionOf))]
      .filter((code) => code !== plan.primary)
      .map((code) => [
        [plan.primary, code].sort().join('-'),
        { ms: rttToPrimary[code] ?? 100, source: 'azure' },
      ]),
  );
  return {
    schema: 1,
    runId: run.runId ?? '2026-11-21T12-40-05-quick-1a2b',
    startedAtIso: run.startedAtIso ?? new Date(startAt).toISOString(),
    ...(run.linkOff === undefined ? {} : { startAt }),
    endedAtIso: new Date(startAt + plan.durationMs).toISOString(),
    state: run.state ?? (run.failing === undefined ? 'complete' : 'partial'),
    command: ['bench', 'run', '--seed', String(plan.seed), '--regions', plan.vantages.join(',')],
    provider: run.rented === true ? 'fly' : 'local',
    ...(run.rented === true
      ? { via: 'private' as const, machines: plan.vantages.map(machineAt) }
      : {}),
    versions: {
      bench: '0.1.0',
      node: '20.20.2',
      k6: '2.2.0',
      postgres: '18.4',
      os: 'linux x64, 2 processors',
      gitSha: '6d4f402c9b0a4b6e8f7d3a2c1e5f6a7b8c9d0e1f',
    },
    plan,
    rtt,
    calibrations:
      run.rented === true
        ? []
        : [calibration(rtt, plan, 'before'), calibration(rtt, plan, 'after')],
    vantages: Object.fromEntries(
      plan.vantages.map((code) => {
        const reason = run.failing?.[code];
        return [code, reason === undefined ? { state: 'measured' } : { state: 'failed', reason }];
      }),
    ),
    warnings: run.warnings ?? [],
  };
}

/** The last one's clock could not be asked. */
const machineAt = (vantage: string, i: number, all: readonly string[]): VantageMachine => ({
  ...{ vantage, id: `e28650${i}dc37e86`, region: regionOf(vantage), size: 'performance-2x' },
  ...(i > 0 && i === all.length - 1 ? {} : { clock: { offsetMs: 2.34 - i, uncertaintyMs: 0.6 } }),
});

function calibration(rtt: Manifest['rtt'], plan: Plan, when: Calibration['when']): Calibration {
  const random = seededRandom(plan.seed).fork(`calibration ${when}`);
  return {
    when,
    atIso: new Date(startAt + (when === 'before' ? -1000 : plan.durationMs + 1000)).toISOString(),
    links: Object.entries(rtt).map(([pair, { ms }]) => {
      const [from = '', to = ''] = pair.split('-');
      const p50Ms = ms + 0.1 + 0.3 * random.float();
      const p99Ms = p50Ms + 1 + random.float();
      return { from, to, wantedMs: ms, n: 200, p50Ms, p99Ms, openMs: 2 * p50Ms };
    }),
  };
}

/** What a request of the target ought to take from there, in ms. */
function expectedMs(target: string, vantage: string): { total: number; db: number } {
  const rtt = rttToPrimary[regionOf(vantage)] ?? 100;
  if (target === 'single-region') return { total: rtt + 5, db: 1.5 };
  if (target === 'multi-region-single-db')
    return { total: queries * rtt + 6, db: queries * rtt + 2 };
  return { total: 5, db: 1.5 };
}

const header = 'metric_name,timestamp,metric_value,error_code,status,extra_tags,metadata';
const requestParts = [
  ...['http_reqs', 'http_req_duration', 'http_req_blocked', 'http_req_connecting'],
  ...['http_req_tls_handshaking', 'http_req_sending', 'http_req_waiting', 'http_req_receiving'],
  'http_req_failed',
];

function* rowsOf(plan: Plan, vantage: string, run: SyntheticRun): Generator<string> {
  yield header;
  const random = seededRandom(plan.seed).fork(`latencies ${vantage}`);
  const calls = new Map<number, number>();
  for (const block of plan.blocks) {
    // What a round has in common: the round, not the request, is the independent unit.
    const slower = run.slower?.[`${block.target}@${vantage}`] ?? 1;
    const drift = slower * Math.exp(0.01 * normal(random));
    for (let i = 0; i < block.wanted; i++) {
      const vu = 1 + (i % plan.vus);
      const iter = calls.get(vu) ?? 0;
      calls.set(vu, iter + 1);
      const atMs = startAt + block.startMs + block.warmUpMs + (1000 * (i + random.float())) / rate;
      const steps = plan.scenarios.find(({ name }) => name === block.scenario)?.steps ?? [];
      for (const step of steps)
        yield* requestRows(block, vantage, { step, vu, iter, atMs, drift }, random);
      if (run.staleReads === true && block.scenario === 'read-your-writes')
        yield staleRow(block, { vu, iter, atMs }, random);
    }
  }
}

interface Call {
  readonly step: string;
  readonly vu: number;
  readonly iter: number;
  readonly atMs: number;
  readonly drift: number;
}

function* requestRows(
  block: PlannedBlock,
  vantage: string,
  { step, vu, iter, atMs, drift }: Call,
  random: Random,
): Generator<string> {
  const { total, db } = expectedMs(block.target, vantage);
  const slow = random.float() < 0.03 ? 1 + random.float() : 1;
  const waiting = total * drift * slow * Math.exp(0.03 * normal(random));
  const at = String(Math.round(1000 * atMs));
  const served = block.target === 'single-region' ? 'cdg' : regionOf(vantage);
  const tags = `${tagsOf(block)}&bench_step=${step}&name=${step}`;
  const values = [1, waiting + 0.2, 0.01, 0, 0, 0.05, waiting, 0.15, 0];
  for (const [i, metric] of requestParts.entries())
    yield `${metric},${at},${(values[i] ?? 0).toFixed(6)},,200,${field(tags)},vu=${vu}&iter=${iter}`;
  const facts = { server_app_ms: db + 2, server_db_ms: db, server_db_queries: queries };
  for (const [metric, value] of Object.entries(facts))
    yield `${metric},${at},${value.toFixed(6)},,,${field(`${tagsOf(block)}&bench_step=${step}&bench_served=${served}&bench_cache=none`)},vu=${vu}&iter=${iter}`;
}

function staleRow(
  block: PlannedBlock,
  { vu, iter, atMs }: Pick<Call, 'vu' | 'iter' | 'atMs'>,
  random: Random,
): string {
  const stale = block.target === 'read-replicas' && random.float() < 0.05 ? 1 : 0;
  return `stale_reads,${Math.round(1000 * atMs)},${stale.toFixed(6)},,,${field(`${tagsOf(block)}&bench_step=read`)},vu=${vu}&iter=${iter}`;
}

const tagsOf = ({ target, scenario, round }: PlannedBlock): string =>
  Object.entries(blockTags({ target, scenario, round }))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

/** As Go's csv.Writer does. */
const field = (text: string): string =>
  /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

async function writeRows(file: string, rows: Iterable<string>): Promise<void> {
  await writeFile(file, gzipSync(`${[...rows].join('\n')}\n`, { level: 1 }));
}

/** A standard normal number (Box & Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
}
