import { expect, test } from 'vitest';
import type { PageData } from '../page-data.ts';
import { aboutCell } from './about.ts';

const data: PageData = {
  ...{ budgetMs: 100, targets: ['a', 'b'], latency: {}, calibration: [] },
  choices: {
    workloads: ['search'],
    places: [{ name: 'syd Sydney' }, { name: 'ord', gap: 'k6 was killed' }],
  },
  distribution: [[[{ n: 1, ms: [1], ranks: [1], shift: { against: 1, ms: [2] } }, null], []]],
  rounds: [
    {
      rounds: 4,
      at: [],
      places: [
        {
          cells: [],
          lost: [
            { round: 3, target: 1, reason: 'it stalled' },
            { round: 5, target: 0, reason: 'busy' },
          ],
        },
      ],
    },
  ],
};

test('says which cell, which pair, and which rounds are lost', () => {
  expect(aboutCell(data, { table: 0, place: 0, target: 0 })).toEqual({
    place: 'syd Sydney: search',
    pair: 'a minus b at syd Sydney',
    lost: 'Round 4 does not count: b, it stalled.\nRound 6 does not count: a, busy.',
  });
});

test('explains what is missing', () => {
  expect(aboutCell(data, { table: 0, place: 1, target: 1 })).toEqual({
    place: 'ord is missing: k6 was killed',
    pair: 'b at ord: nothing to compare it with',
    lost: '',
  });
});
