import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { measuredAgain, moreRounds } from '../plan/make-plan.ts';
import { openRun } from '../samples/open-run.ts';
import { roundSpans } from '../samples/round-spans.ts';
import { createRunFolder } from '../samples/run-folder.ts';
import { syntheticManifest } from '../test/support/synthetic-run.ts';
import { startRecord } from './record.ts';

test('a run that is cut in any part tells what was being measured, and from when on', async () => {
  const root = await mkdtemp(join(tmpdir(), 'record-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const folder = await createRunFolder(join(root, 'run'));
  const { plan, ...manifest } = syntheticManifest({ rounds: 4 });
  const record = await startRecord(folder, { ...manifest, plan });
  const noted = async () => (await openRun(folder.dir)).manifest;
  expect(await noted()).not.toHaveProperty('startAt');

  const startAt = 1_795_265_140_000;
  record.begin(plan, startAt);
  await expect.poll(noted).toMatchObject({ startAt, plan, state: 'interrupted' });
  await record.add({ part: 0, plan, startAt, jobs: new Map(), lag: [] });
  expect(await noted()).not.toHaveProperty('added');

  const more = moreRounds(plan, 2);
  const laterMs = plan.durationMs + 5000;
  record.begin(more, startAt + laterMs);
  await expect.poll(noted).toMatchObject({ startAt, added: [4], plan: { rounds: 6 } });
  const { blocks } = (await noted()).plan;
  expect(blocks.slice(0, plan.blocks.length)).toEqual(plan.blocks);
  const [first] = blocks.filter(({ round }) => round === 4);
  expect(first?.startMs).toBe(laterMs);
  await record.add({ part: 1, plan: more, startAt: startAt + laterMs, jobs: new Map(), lag: [] });
  expect((await noted()).plan.blocks).toEqual(blocks);
});

test('what links measure is kept as it comes, and a round in which one was off does not count', async () => {
  const root = await mkdtemp(join(tmpdir(), 'record-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const folder = await createRunFolder(join(root, 'run'));
  const { plan, ...manifest } = syntheticManifest({ rounds: 2, vantages: ['cdg', 'ord'] });
  const record = await startRecord(folder, { ...manifest, plan });
  const startAt = 1_795_265_140_000;
  const link = { from: 'ord', to: 'cdg' };
  record.addLinks([{ ...link, atUs: 1000 * (startAt - 5000), rttMs: 130 }]);
  record.begin(plan, startAt);
  expect(record.watched(link)).toBe(false);
  const readings = [...roundSpans(plan, startAt)].flatMap(([round, { fromUs, toUs }]) =>
    [0.1, 0.5, 0.9].map((part) => ({
      ...link,
      atUs: fromUs + part * (toUs - fromUs),
      rttMs: round === 1 ? 120 : 108,
    })),
  );
  record.addLinks(readings);
  expect(record.watched({ from: 'cdg', to: 'ord' })).toBe(true);
  await expect.poll(async () => (await openRun(folder.dir)).links).toHaveLength(7);

  const jobs = new Map([['ord', { state: 'completed', cpu: [] } as const]]);
  await record.add({ part: 0, plan, startAt, jobs, lag: [] });
  const { state, warnings } = await record.finish({ calibrations: [], machines: [] }, false, []);
  expect(state).toBe('partial');
  expect(warnings).toEqual([
    {
      ...{ code: 'link-off', ...link, wantedMs: 108, measuredMs: 120 },
      ...{ rounds: [1], vantages: ['ord'] },
    },
    {
      ...{ code: 'vantage-failed', vantage: 'ord' },
      reason: 'k6 ended without an error but left no samples',
    },
  ]);
});

test('a run that left a target out is partial, and says which and why', async () => {
  const root = await mkdtemp(join(tmpdir(), 'record-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const folder = await createRunFolder(join(root, 'run'));
  const { plan, ...manifest } = syntheticManifest({ rounds: 1 });
  const [good] = plan.targets;
  const bad = { kind: 'url', name: 'bad', url: 'http://a.test/', leftOut: 'it is down' } as const;
  const targets = good === undefined ? [bad] : [good, bad];
  const record = await startRecord(folder, { ...manifest, plan: { ...plan, targets } });
  const { state, warnings } = await record.finish({ calibrations: [], machines: [] }, false, []);
  expect(state).toBe('partial');
  expect(warnings).toContainEqual({ code: 'target-failed', target: 'bad', reason: 'it is down' });
  expect(warnings).not.toContainEqual({ code: 'distance-not-emulated', target: 'bad' });
});

test('a run that was measured again as a whole is still told that too few of its rounds count', async () => {
  const root = await mkdtemp(join(tmpdir(), 'record-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const folder = await createRunFolder(join(root, 'run'));
  const shape = { rounds: 2, vantages: ['cdg'], targets: ['a'] };
  const { plan, ...manifest } = syntheticManifest(shape);
  const record = await startRecord(folder, { ...manifest, plan });
  const startAt = 1_795_265_140_000;
  const jobs = new Map([['cdg', { state: 'completed', cpu: [] } as const]]);
  const header = 'metric_name,timestamp,metric_value,error_code,status,extra_tags,metadata\n';
  const again = measuredAgain(
    plan,
    { rate: 20, vus: 40, requestTimeoutMs: 10_000, drainMs: 10_250, settleMs: 800 },
    ['cdg'],
  );
  for (const [part, each] of [plan, again].entries()) {
    const at = startAt + part * (plan.durationMs + 5000);
    await writeFile(folder.samplesFile('cdg', part), gzipSync(header));
    record.begin(each, at);
    await record.add({ part, plan: each, startAt: at, jobs, lag: [] });
  }
  const { warnings } = await record.finish({ calibrations: [], machines: [] }, false, []);
  expect(warnings).toContainEqual({
    ...{ code: 'too-few-rounds', vantage: 'cdg', target: 'a', scenario: 'search' },
    ...{ valid: 0, needed: 6 },
  });
});
