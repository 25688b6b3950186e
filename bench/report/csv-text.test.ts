import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText } from './csv-text.ts';

const cellsOf = (text: string): string[][] => parse(text);

test('numbers stay numbers, and text that a spreadsheet would compute is text', () => {
  const row = ['-1.5', 2, '1e-7', '=1+1', '-a', '+a', '@a', "'a", '::error::', '\t=1', ''];
  expect(cellsOf(csvText([row]))).toEqual([
    ['-1.5', '2', '1e-7', "'=1+1", "'-a", "'+a", "'@a", "''a", "'::error::", '\\t=1', ''],
  ]);
});

test('one apostrophe taken away gives the text, if nothing in it had to be shown', () => {
  const text = fc.string({ unit: 'grapheme-ascii' });
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 5 }), (row) => {
      const cells = cellsOf(csvText([row]))[0] ?? [];
      expect(cells.map((cell) => cell.replace(/^'/, ''))).toEqual(
        row.map((one) => one.replaceAll('##[', '\\x23#[')),
      );
    }),
  );
});
