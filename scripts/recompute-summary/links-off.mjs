import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A shorter round is judged with what was probed around it. */
const shortestUs = 8_000_000;

/**
 * Tells whether the link that a target's requests cross was off in a round: its median is more than 2 ms and more than
 * 2 % from what was wanted; a probe without an answer counts as longer than any other.
 */
export function linksOff(run, { plan, startAt, rtt }, vantage, planned) {
  const probes = readProbes(join(run, 'links.csv'));
  const region = vantage.split(' ', 1)[0];
  const spans = new Map();
  for (const { round, startMs, warmUpMs, keepMs, drainMs } of planned) {
    const from = 1000 * (startAt + startMs + warmUpMs);
    const to = from + 1000 * (keepMs + drainMs);
    const known = spans.get(round) ?? { from, to };
    spans.set(round, { from: Math.min(known.from, from), to: Math.max(known.to, to) });
  }
  return (name, round) => {
    const target = plan.targets.find((each) => each.name === name);
    const span = spans.get(round);
    if (target === undefined || target.kind === 'url' || span === undefined) return false;
    const topology = target.sameAs ?? name;
    const between = (probe) =>
      (probe.from === region && probe.to === plan.primary) ||
      (probe.to === region && probe.from === plan.primary);
    const own = probes.filter((probe) => probe.topology === topology && between(probe));
    const all = own.length > 0 ? own : probes.filter((p) => p.topology === '' && between(p));
    const overrides = plan.targets.find((each) => each.name === topology)?.rtt;
    const wanted =
      (own.length > 0 ? ofPair(overrides, region, plan.primary) : undefined) ??
      ofPair(rtt, region, plan.primary)?.ms;
    if (wanted === undefined) return false;
    const more = Math.max(0, shortestUs - (span.to - span.from)) / 2;
    const trips = all
      .filter(({ atUs }) => atUs >= span.from - more && atUs <= span.to + more)
      .map(({ rttMs }) => rttMs)
      .sort((a, b) => a - b);
    if (trips.length < 3) return false;
    const n = trips.length;
    const median = (trips[Math.floor(n / 2)] + trips[Math.floor((n - 1) / 2)]) / 2;
    return !(Math.abs(median - wanted) <= Math.max(2, 0.02 * wanted));
  };
}

const ofPair = (table = {}, a, b) => table[`${a}-${b}`] ?? table[`${b}-${a}`];

function readProbes(file) {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(1, -1);
  return lines.flatMap((line) => {
    const [topology, from, to, at, rtt, ...rest] = line.split(',');
    const [atUs, rttMs] = [Number(at), rtt === '' ? Infinity : Number(rtt)];
    if (rest.length > 0 || !at || rtt === undefined || Number.isNaN(atUs + rttMs)) return [];
    return [{ topology, from, to, atUs, rttMs }];
  });
}
