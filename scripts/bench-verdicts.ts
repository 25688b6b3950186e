// From samples on disk to verdicts: a million requests (4 vantages × 25 targets × 10 rounds × 1000) as k6 writes them, and
// with the argument `10` ten million. The work is done by a process of its own, so that its memory can be seen.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { seededRandom, type Random } from '../bench/base/random.ts';
import { loadRun } from '../bench/cli/load-run.ts';
import { compareSides } from '../bench/compare/compare-sides.ts';
import { sidesOf } from '../bench/compare/sides-of.ts';
import type { PlannedBlock } from '../bench/plan/plan.ts';
import { cellResults } from '../bench/report/cells.ts';
import type { BlockOutcome } from '../bench/samples/outcome.ts';
import { recordFiles } from '../bench/samples/integrity.ts';
import { createRunFolder } from '../bench/samples/run-folder.ts';
import { startAt, syntheticManifest } from '../bench/test/support/synthetic-run.ts';

interface Result {
  readonly requests: number;
  readonly seconds: { readonly read: number; readonly summarise: number; readonly compare: number };
  /** Of processors, in all threads. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
  readonly verdicts: Readonly<Record<string, number>>;
}

const targets = { 1: { seconds: 6, mb: 400 }, 10: { seconds: 60, mb: 1000 } } as const;
const perMember = 1000;

const perRequest =
  'http_reqs http_req_duration http_req_blocked http_req_connecting http_req_tls_handshaking http_req_sending http_req_waiting http_req_receiving http_req_failed'.split(
    ' ',
  );
const perIteration = 'data_sent data_received iteration_duration iterations'.split(' ');
const zeros = new Set(['http_req_connecting', 'http_req_tls_handshaking', 'http_req_failed']);

if (process.argv[2] === 'measure') await measure(process.argv[3] ?? '');
else if (process.argv[2] === '10') {
  const [one, ten] = [await millions(1), await millions(10)];
  console.log(
    `cost of a sample, ten million beside one: ${(perSample(ten) / perSample(one)).toFixed(2)}`,
  );
} else await millions(1);

async function millions(count: 1 | 10): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-verdicts-'));
  try {
    const dir = join(folder, 'run');
    const packed = await writeRun(dir, count);
    const before = ticks();
    const child = fork(import.meta.filename, ['measure', dir]);
    const [result] = (await once(child, 'message')) as [Result];
    await once(child, 'exit');
    const after = ticks();
    const steal = (after.stolen - before.stolen) / (after.all - before.all);
    say(result, packed, steal, targets[count]);
    return result;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The child's work: what `bench compare` and the report do. */
async function measure(dir: string): Promise<void> {
  const start = performance.now();
  const before = process.cpuUsage();
  const { run, series } = await loadRun(dir);
  const read = performance.now();
  const cells = cellResults(series);
  const summarised = performance.now();
  const [baseline, ...candidates] = sidesOf(run.manifest, series);
  const verdicts: Record<string, number> = {};
  for (const candidate of candidates)
    for (const { verdict } of baseline
      ? compareSides(baseline, candidate, 'same-rounds').cells
      : [])
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  const end = performance.now();
  const { user, system } = process.cpuUsage(before);
  const result: Result = {
    cpuSeconds: (user + system) / 1e6,
    requests: cells.reduce((sum, { summary }) => sum + summary.n, 0),
    seconds: {
      read: (read - start) / 1000,
      summarise: (summarised - read) / 1000,
      compare: (end - summarised) / 1000,
    },
    peakMb: (process.resourceUsage().maxRSS * 1024) / 1e6,
    verdicts,
  };
  process.send?.(result);
}

function say(
  result: Result,
  packed: number,
  steal: number,
  target: { seconds: number; mb: number },
) {
  const { requests, seconds, cpuSeconds, peakMb, verdicts } = result;
  const parts = Object.entries(seconds).map(([what, s]) => `${what} ${s.toFixed(2)}`);
  const found = Object.entries(verdicts).map(([verdict, n]) => `${n} ${verdict}`);
  console.log(
    [
      `${requests} samples, ${(packed / 1e6).toFixed(0)} MB packed; ${found.join(', ')}`,
      `  ${total(result).toFixed(2)} s (target: ${target.seconds} s): ${parts.join(', ')}; ${cpuSeconds.toFixed(2)} s of processors`,
      `  ${peakMb.toFixed(0)} MB at most (target: ${target.mb} MB)`,
      `  ${(100 * steal).toFixed(1)} % of the processors' time went to other machines`,
    ].join('\n'),
  );
}

function total({ seconds }: Result): number {
  return seconds.read + seconds.summarise + seconds.compare;
}

function perSample(result: Result): number {
  return total(result) / result.requests;
}

/** Writes the run folder; returns the bytes of its samples. Ten million are each block's rows ten times over. */
async function writeRun(dir: string, times: number): Promise<number> {
  const names = Array.from({ length: 25 }, (_, i) => `target-${i + 1}`);
  const manifest = syntheticManifest({ targets: names, rounds: 10, perBlock: perMember * times });
  const { vantages, blocks } = manifest.plan;
  const folder = await createRunFolder(dir);
  let bytes = 0;
  for (const vantage of vantages) {
    const path = folder.samplesFile(vantage);
    const file = await open(path, 'w');
    await file.write(
      gzipSync('metric_name,timestamp,metric_value,error_code,status,extra_tags,metadata\n'),
    );
    const random = seededRandom(1).fork(vantage);
    for (const block of blocks) {
      // gzip files may be joined.
      const member = gzipSync(rowsOf(block, random), { level: 1 });
      for (let i = 0; i < times; i++) await file.write(member);
    }
    await file.close();
    bytes += (await stat(path)).size;
  }
  const outcomes = vantages.flatMap((vantage) => blocks.map((block) => outcomeOf(block, vantage)));
  await folder.writeOutcomes({ blocks: outcomes });
  await folder.writeManifest({ ...manifest, files: await recordFiles(folder.unfinished) });
  await folder.complete();
  return bytes;
}

function outcomeOf(block: PlannedBlock, vantage: string): BlockOutcome {
  const { target, scenario, round, order, startMs, warmUpMs, keepMs, wanted } = block;
  const keepFrom = startAt + startMs + warmUpMs;
  return {
    ...{ vantage, target, scenario, round, order, kept: wanted, valid: true },
    ...{ keep_from_us: 1000 * keepFrom, end_us: 1000 * (keepFrom + keepMs) },
    ...{ cold: 0, dropped: 0, failed: 0, implausible: 0 },
  };
}

/** What k6 writes for one-request iterations without own metrics: 13 rows each, tags in random order. */
function rowsOf(
  { target, scenario, round, startMs, warmUpMs }: PlannedBlock,
  random: Random,
): string {
  const level = Math.exp(0.05 * random.float()) * (target.endsWith('5') ? 1.2 : 1);
  const rows: string[] = [];
  for (let i = 0; i < perMember; i++) {
    const at = `${1000 * (startAt + startMs + warmUpMs + i * 10)}`;
    const waiting = level * (20 + 20 * random.float() ** 3);
    const tags = random
      .shuffle([`target=${target}`, `scenario=${scenario}`, `round=${round}`])
      .join('&');
    const origin = `vu=${(i % 20) + 1}&iter=${Math.floor(i / 20)}`;
    for (const metric of perRequest)
      rows.push(
        `${metric},${at},${(zeros.has(metric) ? 0 : waiting).toFixed(6)},,200,${tags}&step=search&name=search,${origin}\n`,
      );
    for (const metric of perIteration) rows.push(`${metric},${at},1.000000,,,${tags},${origin}\n`);
  }
  return rows.join('');
}

/** Ticks of all processors since the machine started, and those that its host gave to others (proc(5)). */
function ticks(): { readonly all: number; readonly stolen: number } {
  const [, ...counts] =
    readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.trim().split(/\s+/) ?? [];
  const all = counts.slice(0, 8).map(Number);
  return { all: all.reduce((sum, n) => sum + n, 0), stolen: all[7] ?? 0 };
}
