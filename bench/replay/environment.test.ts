import { expect, test } from 'vitest';
import { activate } from './environment.ts';

const env = { DATABASE_URL: 'postgres://db', PRIMARY_REGION: 'cdg', FLY_REGION: 'syd' };

test('active with all three, and silent', () => {
  const lines: string[] = [];
  expect(activate(env, (line) => lines.push(line))).toEqual({
    kind: 'active',
    place: { region: 'syd', primary: 'cdg' },
    databaseUrl: 'postgres://db',
  });
  expect(lines).toEqual([]);
});

test.each([
  [{ ...env, DATABASE_URL: undefined }, 'DATABASE_URL is not set'],
  [{ ...env, PRIMARY_REGION: '' }, 'PRIMARY_REGION is not set'],
  [{ DATABASE_URL: 'x' }, 'PRIMARY_REGION, FLY_REGION are not set'],
])('inactive otherwise, and says so once', (given, reason) => {
  const lines: string[] = [];
  const activation = activate(given, (line) => lines.push(line));
  expect(activation.kind).toBe('inactive');
  expect(lines).toEqual([`replay: inactive, because ${reason}`]);
});
