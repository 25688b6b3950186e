import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRun, writeSyntheticRun } from '../test/support/synthetic-run.ts';
import { buildModel, type ReportInput } from './model.ts';
import { pageData } from './page-data.ts';

let root: string;
let input: ReportInput;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'timelines-'));
  const run = { targets: ['a', 'b'], vantages: ['cdg', 'ord'], rounds: 4 };
  input = await readRun(await writeSyntheticRun(join(root, 'run'), run));
});
afterAll(() => rm(root, { recursive: true }));

/** The run with round 3 of `b` invalid in ord, which loses the round for `a` too. */
function withLostRound(): ReportInput {
  const blocks = input.outcomes.blocks.map((block) => {
    if (block.vantage !== 'ord' || block.round !== 2) return block;
    const reason = block.target === 'b' ? 'the target stalled' : 'round lost: b invalid';
    return { ...block, valid: false, reason };
  });
  const series = input.series.map((one) =>
    one.vantage === 'ord' ? { ...one, rounds: one.rounds.filter(({ round }) => round !== 2) } : one,
  );
  return { ...input, outcomes: { blocks }, series };
}

test('blocks stand where they were measured', () => {
  const [timeline] = buildModel(input).timelines;
  expect(timeline?.rounds).toBe(4);
  const { blocks } = input.manifest.plan;
  for (const [i, target] of ['a', 'b'].entries())
    expect(timeline?.at[i]).toEqual(
      blocks
        .filter((block) => block.target === target)
        .map(({ round, order }) => round + (order === 0 ? 0.25 : 0.75)),
    );
});

test('every block has its median, and those of its thirds', () => {
  const [timeline] = buildModel(input).timelines;
  const blocks = timeline?.places[0]?.cells[0] ?? [];
  expect(blocks.map(({ round }) => round)).toEqual([0, 1, 2, 3]);
  for (const { median, first, last } of blocks)
    for (const part of [first, last]) expect((part ?? NaN) / median).toBeCloseTo(1, 1);
});

test('a lost round has no points, and one reason', () => {
  const [timeline] = buildModel(withLostRound()).timelines;
  const [cdg, ord] = timeline?.places ?? [];
  expect(cdg?.lost).toEqual([]);
  expect(ord?.lost).toEqual([{ round: 2, target: 'b', reason: 'the target stalled' }]);
  expect(ord?.cells.map((cell) => cell.map(({ round }) => round))).toEqual([
    [0, 1, 3],
    [0, 1, 3],
  ]);
});

test('the page gets them by target', () => {
  const [table] = pageData(buildModel(withLostRound())).rounds ?? [];
  expect(table?.places[1]?.lost).toEqual([{ round: 2, target: 1, reason: 'the target stalled' }]);
  expect(table?.places[1]?.cells[0]).toMatchObject({ round: [0, 1, 3] });
  expect(table?.places[1]?.cells[0]?.ms).toHaveLength(3);
});
