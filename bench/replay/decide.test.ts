import { describe, expect, test } from 'vitest';
import {
  afterError,
  afterResponse,
  beforeRequest,
  type Place,
  type RequestFacts,
} from './decide.ts';

const secondary: Place = { region: 'syd', primary: 'cdg' };
const primary: Place = { region: 'cdg', primary: 'cdg' };
const now = 1_800_000_000.5;
const get: RequestFacts = { method: 'GET', replaySource: undefined, threshold: undefined };
const refused = Object.assign(new Error('cannot execute UPDATE'), { code: '25006' });
const sourceOf = (state: string) => `instance=abc;region=syd;t=1800000000000000;state=${state}`;

describe('before the request', () => {
  const cases: [string, Place, Partial<RequestFacts>, string][] = [
    ['a read', secondary, {}, 'pass'],
    ['HEAD', secondary, { method: 'HEAD' }, 'pass'],
    ['OPTIONS', secondary, { method: 'OPTIONS' }, 'pass'],
    ['POST', secondary, { method: 'POST' }, 'http_method'],
    ['PUT', secondary, { method: 'PUT' }, 'http_method'],
    ['PATCH', secondary, { method: 'PATCH' }, 'http_method'],
    ['DELETE', secondary, { method: 'DELETE' }, 'http_method'],
    ['a write in the primary', primary, { method: 'POST' }, 'pass'],
    ['a threshold in the future', secondary, { threshold: now + 0.001 }, 'threshold'],
    ['a threshold that is now', secondary, { threshold: now }, 'pass'],
    ['a threshold in the past', secondary, { threshold: now - 0.001 }, 'pass'],
    ['a threshold in the primary', primary, { threshold: now + 5 }, 'pass'],
    ['a write with a threshold', secondary, { method: 'PUT', threshold: now + 5 }, 'http_method'],
    [
      'a write that was replayed to here',
      secondary,
      { method: 'POST', replaySource: sourceOf('http_method') },
      'pass',
    ],
    [
      "a write that another app's replay brought",
      secondary,
      { method: 'POST', replaySource: sourceOf('tenant-7') },
      'http_method',
    ],
  ];
  test.each(cases)('%s', (_, place, request, expected) => {
    const decision = beforeRequest(place, { ...get, ...request }, now);
    expect(decision.kind === 'replay' ? decision.state : decision.kind).toBe(expected);
  });
});

describe('after an error', () => {
  const ring: Error & { cause?: unknown } = new Error('ring');
  ring.cause = new Error('back', { cause: ring });
  const cases: [string, Place, unknown, string][] = [
    ['a refused write', secondary, refused, 'captured_write'],
    [
      'a refused write as a cause',
      secondary,
      new Error('save', { cause: refused }),
      'captured_write',
    ],
    [
      'a refused write deep down',
      secondary,
      new Error('a', { cause: new Error('b', { cause: refused }) }),
      'captured_write',
    ],
    ['a thrown object that is no Error', secondary, { code: '25006' }, 'captured_write'],
    ['a refused write in the primary', primary, refused, 'pass'],
    ['a unique violation', secondary, Object.assign(new Error('dup'), { code: '23505' }), 'pass'],
    ['any other error', secondary, new Error('boom'), 'pass'],
    ['the code in a message only', secondary, new Error('25006'), 'pass'],
    ['causes in a ring', secondary, ring, 'pass'],
    ['no error', secondary, undefined, 'pass'],
    ['null', secondary, null, 'pass'],
  ];
  test.each(cases)('%s', (_, place, error, expected) => {
    const decision = afterError(place, get, error);
    expect(decision.kind === 'replay' ? decision.state : decision.kind).toBe(expected);
  });

  test('a refused write that was replayed to here stays an error', () => {
    const request = { ...get, replaySource: sourceOf('captured_write') };
    expect(afterError(secondary, request, refused)).toEqual({ kind: 'pass' });
  });
});

describe('after the response', () => {
  test.each(['http_method', 'captured_write', 'tenant-7'])('a replay for %s sets it', (state) => {
    const request = { ...get, replaySource: sourceOf(state) };
    expect(afterResponse(request, 1000.25, 5)).toEqual({ kind: 'set', until: 1005.25 });
    expect(afterResponse(request, 1000.25, 0.5)).toEqual({ kind: 'set', until: 1000.75 });
  });

  test('a threshold-replayed request will not reset the threshold cookie', () => {
    const request = { ...get, replaySource: sourceOf('threshold') };
    expect(afterResponse(request, 1000, 5)).toEqual({ kind: 'keep' });
  });

  test.each([undefined, '', 'nonsense', 'region=syd', '=;;='])('%j sets none', (replaySource) => {
    expect(afterResponse({ ...get, method: 'POST', replaySource }, 1000, 5)).toEqual({
      kind: 'keep',
    });
  });
});
