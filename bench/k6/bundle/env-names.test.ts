import { expect, test } from 'vitest';
import { envNames } from './env-names.ts';

test.each([
  ['const a = ENV.SHOP_URL || "x"', ['SHOP_URL']],
  ['f(ENV["A_KEY"], ENV[\'b\'], ENV[ `c` ], ENV?.D, ENV?.["e"])', ['A_KEY', 'D', 'b', 'c', 'e']],
  ['var { REGION, LANG: l = "en", "X": x } = ENV;', ['LANG', 'REGION', 'X']],
  ['var { ...rest } = ENV;', []],
  ['ENV.A; ENV.A; ENV[name]; Object.keys(ENV)', ['A']],
  ['MY_ENV.B; ENVIRONMENT.C; { ENV: 1 }; { D } = ENVIRONMENT', []],
])('%s', (text, names) => {
  expect(envNames(text, 'ENV')).toEqual(names);
});
