import { expect, test } from 'vitest';
import { tomlKeys } from './toml-keys.ts';

test('keys come in the order written, with their lines, past everything that only looks like one', () => {
  const text = `# [no] a = 1
a = "x = 1 # [no]" # b = 2
"b c"."d" = '''
no = 1
''' # yes
[ t . "u.v" ]
list = [ 1, # no = 1
  { x = 1, y = [2, 3] }, "]" ]
'l' = { 10 = 1, 9 = { k = """}""" } }
[[rows]]
d = 1979-05-27 07:32:00
"\\u00e4" = true
`;
  expect(tomlKeys(text).map(({ path, line }) => `${line} ${path.join('/')}`)).toEqual([
    '2 a',
    '3 b c/d',
    '6 t/u.v',
    '7 t/u.v/list',
    '8 t/u.v/list/x',
    '8 t/u.v/list/y',
    '9 t/u.v/l',
    '9 t/u.v/l/10',
    '9 t/u.v/l/9',
    '9 t/u.v/l/9/k',
    '10 rows',
    '11 rows/d',
    '12 rows/ä',
  ]);
});

test.each(['a', 'a = [1', '[x', '= 1', 'a = {b'])('stops where %j breaks off', (text) => {
  expect(tomlKeys(text).length).toBeLessThanOrEqual(2);
});
