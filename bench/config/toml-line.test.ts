import { expect, test } from 'vitest';
import { lineOfKey } from './toml-line.ts';

const text = `app = "x"
[bench]
rounds = 8
regions = ["cdg"] # a list

[bench.env]
QUERIES = 3
[bench.budgets]
p50 = 100
vantages = { syd = { p95 = 1 } }
[bench.budgets.targets."my.app"]
p95 = 400
  [ bench.budgets.targets."my.app".vantages.syd ]
  p50 = 80
`;

test.each([
  ['bench.rounds', 3],
  ['bench.env.QUERIES', 7],
  ['bench.budgets.p50', 9],
  ['bench.budgets.vantages.syd.p95', 10],
  ['bench.budgets.targets.my.app', 11],
  ['bench.budgets.targets.my.app.p95', 12],
  ['bench.budgets.targets.my.app.vantages.syd.p50', 14],
  // Not there: the table that lacks it.
  ['bench.budgets.targets.my.app.p77', 11],
  ['bench.profile', 2],
  ['other', 1],
])('%s stands on line %i', (key, line) => {
  expect(lineOfKey(text, key)).toBe(line);
});
