import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { agree, goOn } from './agree.ts';
import type { Io } from './io.ts';

const question = { ...goOn, what: 'It costs $9.', fix: 'Say --yes.' };

/** A terminal on which somebody types these keys. */
function terminal(
  keys: string,
  env: NodeJS.ProcessEnv = {},
  signal = new AbortController().signal,
) {
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => input,
  }) as PassThrough & { isTTY: boolean; setRawMode: () => unknown };
  const err = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  err.once('data', () => input.write(keys));
  const io = { input, err, env, signal } as unknown as Io;
  return { io, said: () => String(err.read() ?? '') };
}

test.each(['y\r', 'Yes\r', ' YES \r'])('%j lets it be done', async (keys) => {
  await expect(agree(question, { yes: false, io: terminal(keys).io })).resolves.toBeUndefined();
});

test.each(['n\r', '\r', 'yesterday\r', '\x04'])('%j does not', async (keys) => {
  await expect(agree(question, { yes: false, io: terminal(keys).io })).rejects.toMatchObject({
    ...{ kind: 'usage', message: 'Nothing was done, as you chose.', fix: 'Say --yes.' },
  });
});

test('Ctrl-C is an interruption, and no fault of ours', async () => {
  const { io } = terminal('\x03');
  await expect(agree(question, { yes: false, io })).rejects.toMatchObject({
    ...{ kind: 'interrupted', message: 'Interrupted; nothing was done.' },
  });
});

test('a signal from elsewhere ends the wait too', async () => {
  const signal = AbortSignal.abort(new Error('SIGTERM'));
  await expect(agree(question, { yes: false, io: terminal('', {}, signal).io })).rejects.toThrow();
});

test('nobody is asked who said yes, and nobody can be in CI', async () => {
  const { io, said } = terminal('', { CI: 'true' });
  await agree(question, { yes: true, io });
  await expect(agree(question, { yes: false, io })).rejects.toMatchObject({
    ...{ kind: 'usage', message: 'It costs $9. Nobody can be asked here.', fix: 'Say --yes.' },
  });
  expect(said()).toBe('');
});
