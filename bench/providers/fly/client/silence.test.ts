import { expect, test } from 'vitest';
import { watchSilence } from './silence.ts';

function watched() {
  const said: string[] = [];
  const clock = { time: 0, now: () => clock.time };
  const silence = watchSilence(clock, (text) => said.push(text));
  const failAt = (time: number, begunAt = time) => {
    clock.time = time;
    silence.failed(begunAt, 'no answer within 30 s');
  };
  return { said, silence, failAt };
}

test('a moment of trouble is nobody’s concern', () => {
  const { said, silence, failAt } = watched();
  failAt(1000);
  failAt(4000);
  silence.answered();
  failAt(7000);
  expect(said).toEqual([]);
});

test('longer trouble is told of now and then, and its end once', () => {
  const { said, silence, failAt } = watched();
  failAt(35_000, 0);
  failAt(40_000);
  expect(said).toEqual(['Fly has not answered for 35 s (no answer within 30 s); trying on.']);
  failAt(70_000);
  silence.answered();
  silence.answered();
  expect(said.slice(1)).toEqual([
    'Fly has not answered for 1 min 10 s (no answer within 30 s); trying on.',
    'Fly answers again.',
  ]);
});
