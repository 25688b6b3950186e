import { expect, test } from 'vitest';
import { parseIdMap, parsePasswd } from './account-facts.ts';
import { chooseId } from './choose-id.ts';

const everything = [[{ first: 0, count: 2 ** 32 }], [{ first: 0, count: 2 ** 32 }]];
const none = new Set<number>();
const firstOf = () => 0;

test('far above the ids of people, services and directories', () => {
  for (let n = 0; n < 100; n++) {
    const id = chooseId(everything, [], none) ?? 0;
    expect(id).toBeGreaterThanOrEqual(2_100_000_000);
    // Signed 32-bit numbers are as far as some file systems go.
    expect(id).toBeLessThan(2 ** 31);
  }
});

test('never one that is taken, or that was given to a container of somebody', () => {
  let next = 0;
  const inTurn = () => next++;
  expect(chooseId(everything, [], new Set([2_100_000_000, 2_100_000_001]), inTurn)).toBe(
    2_100_000_002,
  );
  const given = [{ first: 2_100_000_000, count: 100_000_000 }];
  expect(chooseId(everything, given, none, firstOf)).toBe(61_184);
});

test('in a container, only ids that both of its maps have', () => {
  const rootless = parseIdMap(['         0       1000          1', '1     100000      65536']);
  expect(chooseId([rootless, rootless], [], none, firstOf)).toBe(61_184);
  const short = [{ first: 0, count: 40_000 }];
  expect(chooseId([rootless, short], [], none, firstOf)).toBe(30_000);
  expect(chooseId([[{ first: 0, count: 1 }], rootless], [], none)).toBeUndefined();
});

test('reads accounts, and passes over what is none', () => {
  const lines = ['root:x:0:0:root:/root:/bin/sh', 'nobody:*:-2:-2::/:', '', 'a:x:7:8::/:'];
  expect(parsePasswd(lines)).toEqual([
    { name: 'root', uid: 0, gid: 0 },
    { name: 'a', uid: 7, gid: 8 },
  ]);
});
