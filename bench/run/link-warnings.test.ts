import { expect, test } from 'vitest';
import { describeWarning } from '../base/warnings.ts';
import type { OffBlock } from '../samples/off-blocks.ts';
import { linkWarnings } from './link-warnings.ts';

const block = (vantage: string, round: number, medianMs?: number): OffBlock => ({
  ...{ vantage, target: 'a', round, medianMs },
  link: { from: 'ord', to: 'cdg', wantedMs: 108 },
});

test('a warning a link, with its rounds and the worst of them', () => {
  const warnings = linkWarnings([
    block('ord', 4, 113),
    { ...block('ord', 4, 113), target: 'b' },
    block('ord', 1, 99),
    { ...block('syd', 2, 300), link: { from: 'syd', to: 'cdg', wantedMs: 286 } },
  ]);
  expect(warnings.map(describeWarning)).toEqual([
    'The link ord–cdg was off in rounds 2, 5, which do not count at ord: at worst 99.0 ms where 108 ms was wanted.',
    'The link syd–cdg was off in round 3, which does not count at syd: at worst 300 ms where 286 ms was wanted.',
  ]);
});

test('no answer is worse than any', () => {
  expect(linkWarnings([block('ord', 0, 300), block('ord', 1, undefined)])).toMatchObject([
    { code: 'link-off', rounds: [0, 1], vantages: ['ord'] },
  ]);
  const [warning] = linkWarnings([block('ord', 0, 300), block('ord', 1, undefined)]);
  expect(warning).not.toHaveProperty('measuredMs');
});
