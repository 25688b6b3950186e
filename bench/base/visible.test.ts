import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visible, visibleJson } from './visible.ts';

const anything = fc.string({ unit: 'binary', maxLength: 60 });
// eslint-disable-next-line no-control-regex
const acting = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]|##\[/u;

test('whatever acts is written out, and what was written out stays', () => {
  expect(visible('a\n\u001b[2J\u202e##[b]')).toBe('a\\n\\x1b[2J\\u202e\\x23#[b]');
  fc.assert(
    fc.property(anything, (text) => {
      expect(visible(text)).not.toMatch(acting);
      expect(visible(visible(text))).toBe(visible(text));
    }),
  );
});

test('JSON that may be shown is the same value', () => {
  fc.assert(
    fc.property(fc.dictionary(anything, fc.oneof(anything, fc.array(anything))), (value) => {
      const json = visibleJson(value, 2);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(json.replaceAll('\n', '')).not.toMatch(acting);
    }),
  );
  expect(JSON.parse(visibleJson(['##[a]\u{e0001}\u009b']))).toEqual(['##[a]\u{e0001}\u009b']);
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
