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

async function written(code: string, errCode?: string) {
  let said = '';
  const err =
    errCode === undefined
      ? new Writable({
          write: (chunk: Buffer, _encoding, done) => {
            said += chunk.toString();
            done();
          },
        })
      : refusing(errCode);
  const out = refusing(code);
  let lost = 0;
  const outputs = watchOutputs(out, err, () => lost++);
  out.write('a');
  out.write('b');
  await new Promise((resolve) => setImmediate(resolve));
  return { said, lost, exitCode: outputs.exitCode };
}

test.each([
  ['ENOSPC', /no space left on the device/],
  ['EDQUOT', /quota/],
  ['EINVAL', /write EINVAL/],
])('%s is told once, and a success becomes a failure', async (code, reason) => {
  const { said, lost, exitCode } = await written(code);
  expect(said).toMatch(reason);
  expect(said.match(/^error/gm)).toHaveLength(1);
  expect(said).toMatch(/^ {2}fix/m);
  expect(lost).toBe(1);
  expect(exitCode(exitCodes.done)).toBe(exitCodes.fault);
  expect(exitCode(exitCodes.untrustworthy)).toBe(exitCodes.untrustworthy);
});

test.each(['EPIPE', 'EIO'])('%s is no news', async (code) => {
  const { said, lost, exitCode } = await written(code);
  expect([said, lost, exitCode(exitCodes.done)]).toEqual(['', 0, exitCodes.done]);
});

test('where nothing can be told the exit code says it', async () => {
  const { lost, exitCode } = await written('ENOSPC', 'ENOSPC');
  expect([lost, exitCode(exitCodes.done)]).toEqual([1, exitCodes.fault]);
});
