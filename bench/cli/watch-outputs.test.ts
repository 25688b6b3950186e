import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { exitCodes } from './exit-codes.ts';
import { watchOutputs } from './watch-outputs.ts';

const refusing = (code: string): Writable =>
  new Writable({
    autoDestroy: false,
    write: (_chunk, _encoding, done) => {
      done(Object.assign(new Error(`write ${code}`), { code }));
    },
  });

async function written({ out = '', err = '', goesOnAlone = false }) {
  let said = '';
  const taking = () =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        said += chunk.toString();
        done();
      },
    });
  const outputs = {
    out: out === '' ? taking() : refusing(out),
    err: err === '' ? taking() : refusing(err),
  };
  let lost = 0;
  const woundDown: string[] = [];
  const watched = watchOutputs(
    { ...outputs, input: new EventEmitter() },
    { goesOnAlone, windDown: (why) => woundDown.push(why), lost: () => lost++ },
  );
  if (out !== '') for (const text of ['a', 'b']) outputs.out.write(text);
  if (err !== '' && out === '') for (const text of ['a', 'b']) outputs.err.write(text);
  await new Promise((resolve) => setImmediate(resolve));
  return { said, lost, exitCode: watched.exitCode, isWoundDown: woundDown.length > 0 };
}

test.each([
  ['ENOSPC', /no space left on the device/],
  ['EDQUOT', /quota/],
  ['EINVAL', /write EINVAL/],
])('%s of standard output is told once, and a success becomes a failure', async (code, reason) => {
  const { said, lost, exitCode, isWoundDown } = await written({ out: code });
  expect(said).toMatch(reason);
  expect(said.match(/^error/gm)).toHaveLength(1);
  expect(said).toMatch(/^ {2}fix/m);
  expect([lost, isWoundDown]).toEqual([1, false]);
  expect(exitCode(exitCodes.done)).toBe(exitCodes.fault);
  expect(exitCode(exitCodes.untrustworthy)).toBe(exitCodes.untrustworthy);
});

test('where nothing can be told the exit code says it', async () => {
  const { lost, exitCode } = await written({ out: 'ENOSPC', err: 'ENOSPC' });
  expect([lost, exitCode(exitCodes.done)]).toEqual([1, exitCodes.fault]);
});

test.each([
  ['a reader of results that went away', { out: 'EPIPE' }, false],
  ['a terminal that took the results', { out: 'EIO' }, true],
  ['a reader of all words that went away', { out: 'EPIPE', err: 'EPIPE' }, false],
  ['a reader of progress that went away', { err: 'EPIPE' }, true],
  ['a terminal that showed progress', { err: 'EIO' }, true],
  ['a full disk under the progress', { err: 'ENOSPC' }, false],
])('%s (%j): winds down is %s', async (_, failing, expected) => {
  const { said, lost, exitCode, isWoundDown } = await written(failing);
  expect({ said, lost, isWoundDown }).toEqual({ said: '', lost: 0, isWoundDown: expected });
  expect(exitCode(exitCodes.done)).toBe(exitCodes.done);
});

test.each([{ out: 'EIO' }, { err: 'EIO' }, { err: 'EPIPE' }])(
  'what was started to outlive its terminal goes on: %j',
  async (failing) => {
    expect((await written({ ...failing, goesOnAlone: true })).isWoundDown).toBe(false);
  },
);

test('an input that breaks ends no program', () => {
  const [input, out, err] = [new EventEmitter(), refusing('EIO'), refusing('EIO')];
  const no = () => undefined;
  watchOutputs({ out, err, input }, { goesOnAlone: false, windDown: no, lost: no });
  expect(input.emit('error', new Error('read EIO'))).toBe(true);
});
