import { expect, test } from 'vitest';
import type { ProblemsError } from '../base/errors.ts';
import { loadConfig } from './load-config.ts';
import type { RunFlags } from './run-flags.ts';

const problemsOf = async (flags: RunFlags): Promise<string[]> => {
  const error: unknown = await loadConfig(flags).then(
    () => undefined,
    (error: unknown) => error,
  );
  return (error as ProblemsError | undefined)?.problems.map(({ where }) => where) ?? [];
};

const target = { prod: 'https://example.com/' };

test('flags of Fly are refused where they would have no effect', async () => {
  const flags: RunFlags = { via: 'private', staging: true };
  expect(await problemsOf({ ...flags, provider: 'local' })).toEqual(['--via', '--staging']);
  expect(await problemsOf({ ...flags, provider: 'fly', target })).toEqual(['--via', '--staging']);
  expect(await problemsOf({ ...flags, provider: 'fly', regions: ['cdg'] })).toEqual([]);
});
