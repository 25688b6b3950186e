import { describe, expect, test } from 'vitest';
import { BenchError } from '../../../base/errors.ts';
import { lookThrough } from './look-through.ts';

const saying = (text: string) =>
  lookThrough({ run: () => Promise.resolve(text) }, new AbortController().signal);

describe('both spellings of flyctl’s JSON are understood', () => {
  test.each([
    '[{"Name": "a", "Organization": {"Slug": "acme"}}]',
    '[{"name": "a", "organization": {"slug": "acme", "name": "Acme"}, "status": "deployed"}]',
  ])('apps: %s', async (text) => {
    expect([...(await saying(text).apps())]).toEqual([['a', 'acme']]);
  });

  test.each([
    ['[{"Address": "2a09::1", "Type": "v6"}, {"Address": "66.2.3.4", "Type": "shared_v4"}]'],
    ['[{"ip": "2a09::1", "region": "global"}, {"ip": "66.2.3.4", "shared": true}]'],
  ])('addresses: %s', async (text) => {
    expect(await saying(text).addressTypes('a')).toEqual(['v6', 'shared_v4']);
  });

  test.each([
    '[{"Version": 2, "Status": "complete", "ImageRef": "registry.fly.io/a:x"}, {"Status": "failed"}]',
    '[{"version": 2, "status": "complete", "image_ref": "registry.fly.io/a:x"}]',
  ])('releases: %s', async (text) => {
    expect(await saying(text).release('a')).toEqual({
      complete: true,
      image: 'registry.fly.io/a:x',
    });
  });
});

test('machines without checks', async () => {
  const text = '[{"id": "1", "region": "cdg", "state": "started", "checks": null, "config": {}}]';
  expect(await saying(text).machines('a')).toEqual([
    { id: '1', region: 'cdg', state: 'started', checks: [] },
  ]);
});

test.each(['null', '[]', '', 'No secrets are set.'])('nothing, said as %j', async (text) => {
  expect(await saying(text).secrets('a')).toEqual([]);
  expect(await saying(text).release('a')).toBeUndefined();
});

test.each(['{"apps": 3}', '[{"id": 1}]', '[oops'])('what is not known here: %s', async (text) => {
  await expect(saying(text).apps()).rejects.toThrow(BenchError);
});
