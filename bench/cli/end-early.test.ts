import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endEarly } from './end-early.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function ending(limitMs = 60_000) {
  const aborted: unknown[] = [];
  const said: unknown[] = [];
  const left: unknown[] = [];
  const end = endEarly({
    abort: (why) => aborted.push(why),
    say: (text) => said.push(text),
    leave: (how) => left.push(how),
    now: () => Date.now(),
    limitMs,
  });
  return { end, aborted, said, left };
}

test('the first signal winds down; others are answered, and cut nothing short', () => {
  const { end, aborted, said, left } = ending();
  end.signalled('SIGINT');
  vi.advanceTimersByTime(100);
  // npm passes on what the terminal sends too.
  end.signalled('SIGINT');
  expect(said).toEqual([]);
  vi.advanceTimersByTime(5000);
  end.signalled('SIGTERM');
  vi.advanceTimersByTime(2000);
  end.signalled('SIGQUIT');
  expect(said).toEqual([
    'note Still winding down, for 5 s now; it takes 60 s at most. What was measured is kept.\n',
    'note Still winding down, for 7 s now; it takes 60 s at most. What was measured is kept.\n',
  ]);
  expect([aborted, left]).toEqual([['SIGINT'], []]);
});

test('winding down that hangs is left when its time is up', () => {
  const { end, left } = ending();
  end.signalled('SIGHUP');
  vi.advanceTimersByTime(59_000);
  expect(left).toEqual([]);
  vi.advanceTimersByTime(1000);
  expect(left).toEqual(['hung']);
});

test('winding down that came to its end is not', () => {
  const { end, left } = ending();
  end.signalled('SIGHUP');
  end.over();
  vi.advanceTimersByTime(100_000);
  expect(left).toEqual([]);
});

test('when all is done a signal ends the wait for a reader', () => {
  const { end, aborted, left } = ending();
  end.over();
  end.signalled('SIGINT');
  expect([aborted, left]).toEqual([[], ['in order']]);
});

test('an error that nobody caught winds down, and the first of them is told', () => {
  const { end, aborted } = ending();
  expect(end.faults()).toBeUndefined();
  end.fault('one');
  end.fault('two');
  expect([aborted, end.faults()]).toEqual([['one'], { error: 'one' }]);
});

test('what is thrown may be undefined', () => {
  const { end } = ending();
  end.fault(undefined);
  expect(end.faults()).toEqual({ error: undefined });
});
