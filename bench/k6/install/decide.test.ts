import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { Answer, Probe } from './probe.ts';

const k6 = (version: string): Answer => ({ state: 'k6', version });
const probe = (place: Probe['place'], answer: Answer): Probe => ({
  place,
  path: `/${place}/k6`,
  answer,
});

test.each<[string, Answer, RegExp]>([
  ['missing', { state: 'absent' }, /no such file/],
  ['not executable', { state: 'not-executable' }, /not executable/],
  [
    'something else',
    { state: 'not-k6', reason: 'it prints no k6 version' },
    /not a working k6 \(it prints/,
  ],
  ['another major version', k6('1.7.0'), /it is k6 1\.7\.0, and this program needs k6 2/],
])('a K6_PATH that is %s stops', (_, answer, expected) => {
  const decision = decide([probe('K6_PATH', answer)]);
  if (decision.action !== 'stop') throw new Error(decision.action);
  expect(decision.error.kind).toBe('usage');
  expect(decision.error.message).toMatch(expected);
  expect(decision.error.fix).toMatch(/K6_PATH/);
});

test.each([
  ['2.2.0', 0],
  ['2.2.5', 0],
  ['2.9.0', 1],
])('K6_PATH may be k6 %s, with %i notes', (version, notes) => {
  const decision = decide([probe('K6_PATH', k6(version))]);
  if (decision.action !== 'use') throw new Error(decision.action);
  expect(decision.binary).toMatchObject({ path: '/K6_PATH/k6', version, from: 'K6_PATH' });
  expect(decision.binary.notes).toHaveLength(notes);
});

test('a fitting k6 on PATH comes before the cache', () => {
  const decision = decide([probe('PATH', k6('2.2.1')), probe('cache', k6('2.2.0'))]);
  expect(decision).toMatchObject({ action: 'use', binary: { from: 'PATH', version: '2.2.1' } });
});

test.each<[string, Answer]>([
  ['of another minor version', k6('2.3.0')],
  ['of another major version', k6('1.0.0')],
  ['that does not run', { state: 'not-k6', reason: 'Exec format error' }],
])('a k6 on PATH %s is passed over with a note', (_, answer) => {
  const decision = decide([probe('PATH', answer), probe('cache', k6('2.2.0'))]);
  if (decision.action !== 'use') throw new Error(decision.action);
  expect(decision.binary.from).toBe('cache');
  expect(decision.binary.notes).toEqual([expect.stringContaining('/PATH/k6')]);
});

test('an empty cache is nothing to speak of; a damaged one is', () => {
  expect(decide([probe('cache', { state: 'absent' })])).toEqual({ action: 'obtain', notes: [] });
  for (const answer of [k6('2.2.1'), { state: 'not-executable' } as const]) {
    const decision = decide([probe('cache', answer)]);
    if (decision.action !== 'obtain') throw new Error(decision.action);
    expect(decision.notes).toEqual([expect.stringMatching(/damaged/)]);
  }
});
