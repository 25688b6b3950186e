import { expect, test } from 'vitest';
import { flowsOf } from './flows.ts';

const named = (name: string) => Object.assign(() => name, { label: name });
const names = (script: Record<string, unknown>) =>
  flowsOf(script).map(({ name, run }) => [name, run(undefined)]);

test('without scenarios an iteration runs the default function', () => {
  expect(names({ default: named('d'), options: { vus: 1 } })).toEqual([['', 'd']]);
});

test('with scenarios it runs the function of each, in their order, with their settings', () => {
  const scenarios = {
    browse: { exec: 'browse', env: { SIZE: 3 }, tags: { team: 'a' } },
    buy: { exec: 'buy' },
    home: {},
  };
  const script = {
    browse: named('b'),
    buy: named('p'),
    default: named('d'),
    options: { scenarios },
  };
  expect(names(script)).toEqual([
    ['browse', 'b'],
    ['buy', 'p'],
    ['home', 'd'],
  ]);
  expect(flowsOf(script)[0]).toMatchObject({ env: { SIZE: '3' }, tags: { team: 'a' } });
});

test.each([
  ['module.exports = { default, options }', { default: { default: named('d'), options: {} } }],
  ['module.exports = function', { default: named('d') }],
])('CommonJS: %s', (_, script) => {
  expect(names(script)).toEqual([['', 'd']]);
});

test.each([
  [{ main: named('m') }, /no default function to run: it exports main$/],
  [{ options: {} }, /no default function to run: it exports no function$/],
  [
    { default: named('d'), options: { scenarios: { buy: { exec: 'byu' } } } },
    /scenarios\.buy\.exec names the function byu, which the script does not export: it exports default$/,
  ],
])('%j lacks a function', (script, message) => {
  expect(() => flowsOf(script)).toThrow(message);
});
