import { expect, test } from 'vitest';
import { BenchError } from '../../../base/errors.ts';
import { isPortTaken, troubleOf } from './trouble.ts';

test('a full disk', () => {
  const log =
    'LOG:  starting\nPANIC:  could not write to file "pg_wal/xlogtemp.9": No space left on device\n';
  const error = troubleOf('start', log);
  expect(error.message).toBe('Postgres could not start: the disk is full.');
  expect(error.fix).toBe('Free some space, or set TMPDIR to a folder on another disk.');
  expect(isPortTaken(error)).toBe(false);
});

test('a user without a name', () => {
  const error = troubleOf(
    'create /x',
    'initdb: error: could not look up effective user ID 4711: user does not exist',
  );
  expect(error.message).toBe(
    'Postgres could not create /x: the system has no name for the user that runs it.',
  );
});

test('anything else: the last five lines', () => {
  const log = `${['a', 'b', 'c', 'd', 'e', 'f', 'FATAL: no'].join('\n')}\n`;
  expect(troubleOf('start', log).message).toBe(
    'Postgres could not start: c | d | e | f | FATAL: no',
  );
  expect(troubleOf('start', '').message).toBe('Postgres could not start: it said nothing');
});

test('other errors are not taken ports', () => {
  expect(isPortTaken(new Error('its port is taken'))).toBe(false);
  expect(isPortTaken(new BenchError('fault', 'no', 'no'))).toBe(false);
});
