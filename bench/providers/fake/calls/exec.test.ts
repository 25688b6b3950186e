import { expect, test } from 'vitest';
import {
  type Ask,
  eventually,
  fakeWithApp,
  machines,
  started,
} from '../../../test/support/fake-fly.ts';
import { startTimeOf } from '../../local/guard/identity.ts';
import { shellWords } from '../machine/shell-words.ts';

async function machineFor(ask: Ask) {
  const { id } = await started(ask, 'sleep 60');
  return (body: unknown) => ask('POST', `${machines}/${id}/exec`, body);
}

test('success that says nothing is {}', async () => {
  const { ask } = await fakeWithApp();
  const exec = await machineFor(ask);
  expect(await exec({ command: ['true'] })).toMatchObject({ status: 200, body: {} });
  expect(Object.keys((await exec({ command: ['true'] })).body)).toEqual([]);
});

test('a command that fails is 200 with its exit code', async () => {
  const { ask } = await fakeWithApp();
  const exec = await machineFor(ask);
  const script = 'cat; echo no >&2; exit 5';
  expect(await exec({ command: ['sh', '-c', script], stdin: 'given' })).toMatchObject({
    status: 200,
    body: { exit_code: 5, stdout: 'given', stderr: 'no\n' },
  });
  expect((await exec({ command: ['not-there'] })).body).toEqual({ exit_code: 127 });
  expect((await exec({ command: ['true'], stdin: 'x'.repeat(100_000) })).body).toEqual({});
});

test('flyctl sends one line, and the type of the answer may be another', async () => {
  const { ask } = await fakeWithApp({ execType: 'application/octet-stream' });
  const exec = await machineFor(ask);
  const { body, headers } = await exec({ cmd: `sh -c 'echo "$FLY_REGION"'` });
  expect(body).toEqual({ stdout: 'cdg\n' });
  expect(headers.get('content-type')).toBe('application/octet-stream');
});

test('what takes too long is killed and answered with 408', async () => {
  const { ask, fake } = await fakeWithApp();
  const exec = await machineFor(ask);
  const file = `${fake.machines()[0]?.root ?? ''}/pid`;
  const answer = await exec({ command: ['sh', '-c', `echo $$ > ${file}; sleep 66`], timeout: 1 });
  expect(answer.status).toBe(408);
  expect(answer.body['error']).toMatch(/^deadline_exceeded/);
  const script = `kill -0 $(cat ${file}) 2>/dev/null && echo alive || echo gone`;
  await eventually(async () => (await exec({ command: ['sh', '-c', script] })).body).toEqual({
    stdout: 'gone\n',
  });
});

test('what is left in the background goes on, until the machine ends', async () => {
  const { ask, fake } = await fakeWithApp();
  const exec = await machineFor(ask);
  const { body } = await exec({ command: ['sh', '-c', 'sleep 67 >/dev/null 2>&1 & echo $!'] });
  const pid = Number(body['stdout']);
  const alive = () => startTimeOf(pid) !== undefined;
  expect(alive()).toBe(true);
  await ask('DELETE', `${machines}/${fake.machines()[0]?.id ?? ''}?force=true`);
  await eventually(alive).toBe(false);
});

test('a request beyond what is known to work is refused', async () => {
  const { ask } = await fakeWithApp();
  const exec = await machineFor(ask);
  expect((await exec({ command: ['true'], timeout: 61 })).status).toBe(400);
  expect((await exec({ command: [] })).status).toBe(400);
  expect((await exec({})).status).toBe(400);
  expect((await exec({ command: ['cat'], stdin: 'x'.repeat(200_000) })).status).toBe(413);
});

test('output beyond a mebibyte is lost', async () => {
  const { ask } = await fakeWithApp();
  const exec = await machineFor(ask);
  const { body } = await exec({ command: ['head', '-c', '1100000', '/dev/zero'] });
  expect(body['stdout']).toHaveLength(1024 * 1024);
});

test('only a started machine runs commands', async () => {
  const { ask } = await fakeWithApp();
  const { id } = await started(ask, 'exit 0');
  const exec = () => ask('POST', `${machines}/${id}/exec`, { command: ['true'] });
  await eventually(async () => (await exec()).status).toBe(412);
  expect((await exec()).body['error']).toBe('failed_precondition: machine not running');
});

test('a line becomes words as in a shell', () => {
  expect(shellWords(`a 'b c' "d \\" e" f\\ g 'h'"i"`)).toEqual(['a', 'b c', 'd " e', 'f g', 'hi']);
  expect(shellWords('  ')).toEqual([]);
});
