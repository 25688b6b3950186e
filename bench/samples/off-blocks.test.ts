import { expect, test } from 'vitest';
import type { Plan, PlannedTarget } from '../plan/plan.ts';
import { startAt, syntheticManifest, syntheticPlan } from '../test/support/synthetic-run.ts';
import type { LinkReading } from './links.ts';
import { offBlocks, offReason } from './off-blocks.ts';
import { roundSpans } from './round-spans.ts';

const { rtt: toPrimary } = syntheticManifest();
const rtt = { ...toPrimary, 'ord-syd': { ms: 190, source: 'azure' } };

function planFor(targets: readonly PlannedTarget[]): Plan {
  return { ...syntheticPlan({ targets: targets.map(({ name }) => name), rounds: 3 }), targets };
}

const topology = (name: string, more: object = {}): PlannedTarget => ({
  ...{ kind: 'topology', name },
  ...more,
});

/** Four probes of a link in every round; those of `offRounds` take 10 ms too long. */
function probes(
  plan: Plan,
  link: { readonly topology?: string; readonly from: string; readonly to: string },
  ms: number,
  offRounds: readonly number[],
): LinkReading[] {
  return [...roundSpans(plan, startAt)].flatMap(([round, { fromUs, toUs }]) =>
    [0.1, 0.3, 0.6, 0.9].map((part) => ({
      ...link,
      atUs: fromUs + part * (toUs - fromUs),
      rttMs: offRounds.includes(round) ? ms + 10 : ms,
    })),
  );
}

const named = (off: ReturnType<typeof offBlocks>) =>
  off.map(({ vantage, target, round }) => `${vantage} ${target} ${String(round)}`);

test('a link concerns the vantage at its end, in every target that crosses it', () => {
  const plan = planFor([topology('a'), topology('b')]);
  const off = offBlocks({ plan, rtt }, startAt, [
    ...probes(plan, { from: 'syd', to: 'cdg' }, 286, [1]),
    ...probes(plan, { from: 'cdg', to: 'ord' }, 108, []),
  ]);
  expect(named(off)).toEqual(['syd a 1', 'syd b 1']);
  expect(off.map(offReason)[0]).toBe(
    'a link was off: syd–cdg measured 296 ms where 286 ms was wanted',
  );
});

test('a link between two regions that are not the primary concerns nobody', () => {
  const plan = planFor([topology('a')]);
  const readings = probes(plan, { from: 'ord', to: 'syd' }, 190, [0, 1, 2]);
  expect(offBlocks({ plan, rtt }, startAt, readings)).toEqual([]);
});

test('nothing is known of a link without probes', () => {
  const plan = planFor([topology('a')]);
  expect(offBlocks({ plan, rtt }, startAt, [])).toEqual([]);
});

test('a topology with a link of its own is judged by that one, others by the world’s', () => {
  const plan = planFor([topology('slow', { rtt: { 'cdg-ord': 116 } }), topology('a')]);
  const off = offBlocks({ plan, rtt }, startAt, [
    ...probes(plan, { topology: 'slow', from: 'ord', to: 'cdg' }, 116, [2]),
    ...probes(plan, { from: 'ord', to: 'cdg' }, 108, [0]),
  ]);
  expect(named(off)).toEqual(['ord slow 2', 'ord a 0']);
});

test('a target under a second name crosses the links of the first; one at a URL crosses none', () => {
  const plan = planFor([
    topology('slow', { rtt: { 'cdg-ord': 116 } }),
    topology('slow-again', { sameAs: 'slow' }),
    { kind: 'url', name: 'mine', url: 'http://127.0.0.1:1' },
  ]);
  const readings = probes(plan, { topology: 'slow', from: 'ord', to: 'cdg' }, 116, [0]);
  expect(named(offBlocks({ plan, rtt }, startAt, readings))).toEqual([
    'ord slow 0',
    'ord slow-again 0',
  ]);
});

test('most probes without an answer are a reason of their own', () => {
  const plan = planFor([topology('a')]);
  const readings = probes(plan, { from: 'ord', to: 'cdg' }, 108, []).map((reading) => ({
    ...reading,
    rttMs: undefined,
  }));
  const off = offBlocks({ plan, rtt }, startAt, readings);
  expect(new Set(off.map(offReason))).toEqual(
    new Set(['a link was off: ord–cdg did not answer where 108 ms was wanted']),
  );
});
