import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { messageOf } from './errors.ts';

const reasonOf = (work: Promise<unknown>): Promise<string> => work.then(() => '', messageOf);

test('what the operating system says is worded, with the path and without a code', async () => {
  expect(await reasonOf(readFile('/no/such'))).toBe('no such file or folder: /no/such');
  expect(await reasonOf(readFile('/'))).toBe('a folder is in the place of a file');
  expect(await reasonOf(once(connect(1, '127.0.0.1'), 'connect'))).toBe('connection refused');
});

test('words of our own stay, also about such an error', () => {
  expect(messageOf(Object.assign(new Error('Port 80 is taken.'), { code: 'EADDRINUSE' }))).toBe(
    'Port 80 is taken.',
  );
  expect(messageOf(new AggregateError([new Error('first')]))).toBe('first');
  expect(messageOf('text')).toBe('text');
});
