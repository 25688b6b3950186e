import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const url = 'postgres://postgres@recipes-db.internal:5432/recipes';
const machine = { DATABASE_URL: url, FLY_REGION: 'syd', PRIMARY_REGION: 'cdg' };

function settingsOf(env: Record<string, string>) {
  const lines: string[] = [];
  return { ...readSettings(env, (line) => lines.push(line)), lines };
}

test('a machine in a secondary region reads from the nearest replica and replays', () => {
  expect(settingsOf({ ...machine, FLY_MACHINE_ID: '3d8', PORT: '9000' })).toEqual({
    region: 'syd',
    primary: 'cdg',
    machine: '3d8',
    host: '0.0.0.0',
    port: 9000,
    poolSize: 10,
    databaseUrl: 'postgres://postgres@top1.nearest.of.recipes-db.internal:5433/recipes',
    replay: { kind: 'on', place: { region: 'syd', primary: 'cdg' } },
    lines: [],
  });
});

test('REPLAY=off leaves the middleware out and the URL alone', () => {
  expect(settingsOf({ ...machine, REPLAY: 'off' })).toMatchObject({
    databaseUrl: url,
    replay: { kind: 'off' },
    lines: [],
  });
});

test('outside of Fly it runs without replays, and says so once', () => {
  expect(settingsOf({ DATABASE_URL: url })).toMatchObject({
    region: 'cdg',
    primary: 'cdg',
    databaseUrl: url,
    replay: { kind: 'off' },
    lines: ['replay: inactive, because PRIMARY_REGION, FLY_REGION are not set'],
  });
});

test.each([
  [{}, 'DATABASE_URL is not set'],
  [{ ...machine, PORT: 'http' }, 'PORT=http is not a whole number'],
  [{ ...machine, DATABASE_POOL: '-1' }, 'DATABASE_POOL=-1 is not a whole number'],
])('%j is refused', (env, message) => {
  expect(() => settingsOf(env)).toThrow(message);
});
