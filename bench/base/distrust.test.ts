import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distrust, isUntrustworthy } from './distrust.ts';
import type { Warning } from './warnings.ts';

const link = { from: 'cdg', to: 'syd', wantedMs: 286 };
const cell = { target: 'a', scenario: 'search', vantage: 'syd' };

const off: Warning = { code: 'calibration-off', ...link, measuredMs: 320 };
const watched: Warning = { ...off, watched: 'before' };
const linkOff: Warning = { code: 'link-off', ...link, rounds: [1, 2, 4], vantages: ['syd'] };
const few: Warning = { code: 'too-few-rounds', ...cell, valid: 3, needed: 6 };
const fewer: Warning = { ...few, target: 'b', valid: 2 };
const dropped: Warning = {
  ...{ code: 'dropped-iterations', vantage: 'cdg', dropped: 240, planned: 3000 },
};
const busy: Warning = { code: 'generator-busy', vantage: 'ord', cpuShare: 0.914 };
const invalid = (reason: string): Warning => ({ code: 'block-invalid', ...cell, round: 1, reason });
const check = (failed: number): Warning => ({
  ...{ code: 'checks-failed', ...cell, check: 'is a page', failed, of: 300 },
});
const threw = (failed: number): Warning => ({
  ...{ code: 'script-exceptions', ...cell, error: 'TypeError at own.js:7', failed, of: 300 },
});
const harmless: Warning[] = [
  ...[check(3), threw(3), watched, linkOff, invalid('5 of 70 requests failed (HTTP status 500)')],
  { code: 'distance-not-emulated', target: 'mine' },
  { code: 'cut-short', reason: 'it was interrupted' },
  { code: 'vantage-failed', vantage: 'ord', reason: 'k6 ended' },
  { code: 'rows-unreadable', vantage: 'ord', rows: 1, reason: 'x' },
  { code: 'cold-requests', ...cell, share: 0.2 },
  { code: 'warm-up-short', ...cell },
];

describe('one sentence with the cause and what to do', () => {
  test.each<[string, Warning[], string]>([
    [
      'a link of a run that was not watched',
      [off],
      'the link cdg–syd measured 320 ms where 286 ms was wanted: close other programs on this computer',
    ],
    [
      'several of them, by the worst',
      [
        { ...off, to: 'ord', measuredMs: 290 },
        { ...off, topology: 'slow', measuredMs: 200 },
      ],
      'links were off (the link cdg–syd of slow measured 200 ms where 286 ms was wanted): close other programs on this computer',
    ],
    [
      'rounds lost to links',
      [watched, linkOff, few],
      '3 of the 6 rounds that are needed count for a (search) at syd, since links were off: close other programs on this computer or raise --rounds',
    ],
    [
      'rounds lost to an overloaded machine, in several cells',
      [invalid('12 iterations could not start in time'), few, fewer],
      '2 of the 6 rounds that are needed count for b (search) at syd, and too few in 1 more (round 2: 12 iterations could not start in time): lower --rate or close other programs on this computer',
    ],
    [
      'rounds lost to the target',
      [invalid('5 of 70 requests failed (HTTP status 500)'), few],
      '3 of the 6 rounds that are needed count for a (search) at syd (round 2: 5 of 70 requests failed (HTTP status 500)): mend what those rounds failed by or raise --rounds',
    ],
    [
      'drops',
      [dropped],
      'the load generator at cdg could not start 240 of 3000 iterations in time: lower --rate or close other programs on this computer',
    ],
    [
      'a busy generator',
      [busy],
      'the load generator at ord used 91 % of its processors: lower --rate',
    ],
    [
      'a check that fails',
      [check(2), check(30)],
      'the check "is a page" of search failed in 30 of 300 cases of a at syd: mend what the check found, or the check',
    ],
    [
      'a script that throws',
      [threw(40), check(30)],
      'search threw in 40 of 300 iterations of a at syd (TypeError at own.js:7): mend the script',
    ],
    [
      'several causes at once, advice once',
      [off, few, dropped, busy],
      'the link cdg–syd measured 320 ms where 286 ms was wanted, 3 of the 6 rounds that are needed count for a (search) at syd, ' +
        'the load generator at cdg could not start 240 of 3000 iterations in time and the load generator at ord used 91 % of its processors: ' +
        'close other programs on this computer, raise --rounds or lower --rate',
    ],
  ])('%s', (_, warnings, said) => {
    expect(distrust(warnings)?.sentence).toBe(
      `This run is not trustworthy, as ${said}, and measure again.`,
    );
  });
});

test('there is a sentence exactly where a warning spoils the numbers', () => {
  const all = [...harmless, off, few, fewer, dropped, busy, check(4), threw(4)];
  fc.assert(
    fc.property(fc.subarray(all), (warnings) => {
      const found = distrust(warnings);
      expect(found !== undefined).toBe(warnings.some(isUntrustworthy));
      expect(found?.because.length ?? 1).toBeGreaterThan(0);
      expect(found?.advice.length ?? 1).toBeGreaterThan(0);
      expect(new Set(found?.advice).size).toBe(found?.advice.length ?? 0);
    }),
  );
  expect(harmless.some(isUntrustworthy)).toBe(false);
});
