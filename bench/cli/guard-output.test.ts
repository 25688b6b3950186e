import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { guardOutput } from './guard-output.ts';

function written(chunks: readonly string[], isTTY = false): string {
  const stream = Object.assign(new PassThrough(), { isTTY });
  const guarded = guardOutput(stream as unknown as NodeJS.WriteStream);
  for (const chunk of chunks) guarded.write(chunk);
  return String(stream.read());
}

test('colours, line ends and tabs pass; all else that acts is shown', () => {
  expect(written(['\u001b[31merror\u001b[39m\ta\n'])).toBe('\u001b[31merror\u001b[39m\ta\n');
  expect(written(['\u001b]0;t\u0007\u001b[2J\u009b\u202e\r\n'])).toBe(
    '\\x1b]0;t\\x07\\x1b[2J\\x9b\\u202e\\r\n',
  );
});

test('a progress display moves on a terminal, and only there', () => {
  expect(written(['\u001b[2K\u001b[1A\u001b[G'], true)).toBe('\u001b[2K\u001b[1A\u001b[G');
  expect(written(['\u001b[2K\u001b[1A'])).toBe('\\x1b[2K\\x1b[1A');
  expect(written(['\u001b]52;c;x\u0007'], true)).toBe('\\x1b]52;c;x\\x07');
});

test('no line is a command to a CI system, however it is cut into pieces', () => {
  expect(written(['::error::a\n  ::b\nc ::d\n'])).toBe('\\x3a:error::a\n  \\x3a:b\nc ::d\n');
  expect(written(['note ', '::error::a\n'])).toBe('note ::error::a\n');
  expect(written(['a\n', '::error::b'])).toBe('a\n\\x3a:error::b');
  expect(written(['a ##[b]c ##vso[d] # # [e]'])).toBe('a \\x23#[b]c \\x23#vso[d] # # [e]');
});
