import { expect, test } from 'vitest';
import type { Check } from './check.ts';
import { lookAtAll, type BoundedCheck } from './look-at-all.ts';

const never = new AbortController().signal;

function bounded(subject: string, check: Check, isFirst?: true): BoundedCheck {
  return { subject, check, ifSlow: `mend ${subject}`, ...(isFirst === true ? { isFirst } : {}) };
}

const fine =
  (subject: string): Check =>
  () =>
    Promise.resolve({ subject, state: 'ok', detail: 'fine' });

const silent: Check = () => new Promise(() => undefined);

test('all are under way at once, and one that is silent is told after the limit', async () => {
  let signal: AbortSignal | undefined;
  const hanging: Check = (_, given) => {
    signal = given;
    return silent({}, given);
  };
  const checks = [bounded('a', hanging), bounded('b', silent), bounded('c', fine('c'))];
  const findings = await lookAtAll(checks, {}, never, 50);
  expect(findings).toEqual([
    { subject: 'a', state: 'broken', detail: 'no answer within 0.05 s', fix: 'mend a' },
    { subject: 'b', state: 'broken', detail: 'no answer within 0.05 s', fix: 'mend b' },
    { subject: 'c', state: 'ok', detail: 'fine' },
  ]);
  // What it began ends with it.
  expect(signal?.aborted).toBe(true);
});

test('what measures this computer begins before the others', async () => {
  const order: string[] = [];
  const noting = (subject: string): Check => {
    const check = fine(subject);
    return (env, signal) => {
      order.push(subject);
      return check(env, signal);
    };
  };
  const checks = [bounded('a', noting('a')), bounded('b', noting('b'), true)];
  const findings = await lookAtAll(checks, {}, never);
  expect(order).toEqual(['b', 'a']);
  expect(findings.map(({ subject }) => subject)).toEqual(['a', 'b']);
});

test('a signal ends it at once', async () => {
  const interrupt = new AbortController();
  const looking = lookAtAll([bounded('a', silent)], {}, interrupt.signal);
  interrupt.abort(new Error('SIGINT'));
  await expect(looking).rejects.toThrow('SIGINT');
});

test('a check that fails after its limit disturbs nobody', async () => {
  const late: Check = (_, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('cut off'));
      });
    });
  const [finding] = await lookAtAll([bounded('a', late)], {}, never, 20);
  expect(finding?.detail).toBe('no answer within 0.02 s');
});
