import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visible } from './visible.ts';

test.each([
  ['plain text, ünï and 日本 and 👩', 'plain text, ünï and 日本 and 👩'],
  ['a\u001b[2Jb', 'a\\x1b[2Jb'],
  ['ok\n::error::owned', 'ok\\n::error::owned'],
  ['a\r\tb\u0000', 'a\\r\\tb\\x00'],
  ['\u009b31m', '\\x9b31m'],
  ['txt.\u202egpj', 'txt.\\u202egpj'],
  ['\u{e0041}', '\\u{e0041}'],
  ['\ud800', '\\ud800'],
])('%j becomes %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('nothing that acts on a terminal or starts a line gets through; what is harmless stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = visible(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(visible(shown)).toBe(shown);
    }),
  );
});
