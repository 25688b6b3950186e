import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linksOff } from './links-off.mjs';
import { readOthers, readRequests } from './requests.mjs';

/**
 * The blocks of a run, and where their rows are. `outcomes.json` has those that were judged; a run that was cut, or to
 * which rows were brought later, has parts that nobody has judged: they follow from the rows, the plan and the agreed
 * start.
 */
export async function judgedBlocks(run) {
  const manifest = json(join(run, 'manifest.json'));
  const judged = json(join(run, 'outcomes.json'))?.blocks ?? [];
  const { plan, startAt, added = [] } = manifest;
  const partOf = (round) => added.filter((first) => first <= round).length;
  const rows = (vantage, part) =>
    join(
      run,
      'samples',
      `${encodeURIComponent(vantage)}${part === 0 ? '' : `.part${part}`}.csv.gz`,
    );
  const ownParts = (vantage) =>
    added.map((_, i) => i + 1).filter((part) => existsSync(rows(vantage, part)));
  const filesOf = (vantage) => {
    const own = ownParts(vantage);
    return [
      { file: rows(vantage, 0), has: (round) => !own.includes(partOf(round)) },
      ...own.map((part) => ({ file: rows(vantage, part), has: (round) => partOf(round) === part })),
    ];
  };
  if (startAt === undefined) return { blocks: judged, filesOf };

  const blocks = [];
  for (const vantage of plan.vantages) {
    const here = judged.filter((block) => block.vantage === vantage);
    if (!existsSync(rows(vantage, 0))) {
      blocks.push(...here);
      continue;
    }
    for (let part = 0; part <= added.length; part++) {
      const isOwn = ownParts(vantage).includes(part);
      const known = here.filter(({ round }) => partOf(round) === part);
      if (!isOwn && known.length > 0) blocks.push(...known);
      else if (isOwn || part === 0 || manifest.vantages[vantage]?.state === 'measured') {
        const planned = plan.blocks.filter(({ round }) => partOf(round) === part);
        const found = await judge(run, manifest, vantage, planned, rows(vantage, isOwn ? part : 0));
        const isThere = found.some(({ requests, dropped }) => requests + dropped > 0);
        if (isOwn || part === 0 || isThere) blocks.push(...found);
      }
    }
  }
  // Rounds that were measured again don't count, from the moment when that began.
  const { supersededRounds = 0 } = plan;
  const again = { valid: false, superseded: true };
  return {
    blocks: blocks.map((b) => (b.round < supersededRounds ? { ...b, ...again } : b)),
    filesOf,
  };
}

/** Of a generator that did not run to its end (measurement specification, "Validity"). */
async function judge(run, { plan, startAt, rtt }, vantage, planned, file) {
  let lateMs = 0;
  const others = [];
  for await (const row of readOthers(file))
    if (row.metric === 'bench_started_late_ms') lateMs = row.value;
    else others.push(row);
  const tallies = planned.map((block) => {
    const keepFrom = startAt + lateMs + block.startMs + block.warmUpMs;
    return {
      ...{ vantage, target: block.target, scenario: block.scenario, round: block.round },
      keep_from_us: Math.round(1000 * keepFrom),
      end_us: Math.round(1000 * (keepFrom + block.keepMs + block.drainMs)),
      ...{ wanted: block.wanted, kept: 0, failed: 0, requests: 0, dropped: 0 },
    };
  });
  const isIn = (tally, atUs) => atUs >= tally.keep_from_us && atUs <= tally.end_us;
  for (const { atUs, value } of others) {
    const tally = tallies.find((each) => isIn(each, atUs));
    if (tally !== undefined) tally.dropped += value;
  }
  for await (const { target, scenario, round, atUs, failed, cut, waiting } of readRequests(file)) {
    const tally = tallies.find(
      (each) => each.target === target && each.scenario === scenario && each.round === round,
    );
    if (tally === undefined || !isIn(tally, atUs)) continue;
    tally.requests++;
    if (failed) tally.failed++;
    else if (waiting > 0 && waiting <= plan.requestTimeoutMs + (cut ? 1000 : 0)) tally.kept++;
  }
  const isOff = linksOff(run, { plan, startAt, rtt }, vantage, planned);
  const steps = new Map(
    plan.scenarios.map(({ name, steps, own }) => [name, own ? 1 : Math.max(1, steps.length)]),
  );
  const alone = tallies.map((tally) => ({
    ...tally,
    valid:
      !isOff(tally.target, tally.round) &&
      tally.requests > 0 &&
      tally.dropped === 0 &&
      tally.failed <= 0.01 * tally.requests &&
      tally.kept >= 0.9 * tally.wanted * (steps.get(tally.scenario) ?? 1),
  }));
  // Targets are compared within a round: one that is invalid takes it from its siblings.
  return alone.map((block) => ({
    ...block,
    valid: alone.every((b) => b.valid || b.round !== block.round || b.scenario !== block.scenario),
  }));
}

function json(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
