import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { ProblemsError } from '../base/errors.ts';
import { testConfig, type TestSettings } from '../test/support/config.ts';
import { scriptedServer } from '../test/support/scripted-server.ts';
import { firstLook } from './first-look.ts';
import type { Io } from './io.ts';

async function look(settings: TestSettings) {
  let told = '';
  const err = new Writable({
    write: (chunk, _, done) => {
      told += String(chunk);
      done();
    },
  });
  const io = { err, env: {}, signal: new AbortController().signal } as unknown as Io;
  return { ...(await firstLook(testConfig(settings), io)), told: () => told };
}

const server = async (status: number, ms = 1) =>
  (
    await scriptedServer(() => (response) => {
      response.statusCode = status;
      setTimeout(() => response.end(), ms);
    })
  ).url;

test('bad targets are left out, and what is to be done about them is said', async () => {
  const [good, bad] = [await server(200, 30), await server(500)];
  const { config, told, answerMs, warnings } = await look({ targets: { good, bad } });
  expect(config.targets.map(({ name }) => name)).toEqual(['good', 'bad']);
  expect([...(config.leftOut ?? [])]).toEqual([['bad', `${bad} answers HTTP 500`]]);
  expect(told()).toMatch(/^note bad is left out: .* HTTP 500\.\n {2}fix Look into the log/);
  expect(answerMs).toBeGreaterThan(25);
  expect(warnings).toEqual([]);
});

test('good ones are as before, and nothing is said', async () => {
  const targets = { a: await server(200), b: await server(204) };
  const { config, told } = await look({ targets });
  expect(config).toEqual(testConfig({ targets }));
  expect(told()).toBe('');
});

test('if none is left it stops with every problem', async () => {
  const targets = { a: await server(500), b: await server(403) };
  const looking = look({ targets });
  await expect(looking).rejects.toThrow(ProblemsError);
  await expect(looking).rejects.toThrow(/target a: .* 500\ntarget b: .* 403/);
});

test('a topology is left, whatever becomes of the targets', async () => {
  const targets = { a: await server(500) };
  const topologies = ['single-region'];
  const { config } = await look({ targets, topologies, scenarios: ['visit'] });
  expect([...(config.leftOut?.keys() ?? [])]).toEqual(['a']);
});

test('what is asked of them decides', async () => {
  const targets = { a: await server(404) };
  expect((await look({ targets, scenarios: ['search'] })).config.leftOut).toBeUndefined();
  expect((await look({ targets, allow_status: [404] })).config.leftOut).toBeUndefined();
  await expect(look({ targets, scenarios: ['search', 'browse'] })).rejects.toThrow('404');
});

test('without targets nothing is asked', async () => {
  expect(await look({})).toMatchObject({ warnings: [] });
});
