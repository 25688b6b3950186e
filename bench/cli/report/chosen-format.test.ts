import { expect, test } from 'vitest';
import { ProblemsError } from '../../base/errors.ts';
import { chosenFormat } from './chosen-format.ts';

test.each([
  ['p.html', 'html'],
  ['some/where.d/p.HTM', 'html'],
  ['p.md', 'markdown'],
  ['p.markdown', 'markdown'],
  ['p.csv', 'csv'],
  ['p.json', 'json'],
  ['p.png', 'png'],
  ['a b#?%.txt', 'text'],
])('%s is %s by its name', (out, format) => {
  expect(chosenFormat({ out })).toBe(format);
  expect(chosenFormat({ out, format })).toBe(format);
});

test('a name that tells nothing needs a format, which then decides', () => {
  for (const out of ['p', 'p.log', 'html', '.csv', '/dev/stdout', 'p.html/x']) {
    expect(chosenFormat({ out, format: 'md' })).toBe('markdown');
    expect(() => chosenFormat({ out })).toThrow(ProblemsError);
  }
  expect(() => chosenFormat({ out: 'p.pdf' })).toThrow(
    expect.objectContaining({
      message: '--out: the name p.pdf does not tell which format it is to have',
      fix: 'End it in .html, .txt, .md, .csv, .json or .png, or add --format.',
    }),
  );
});

test('a name and a format that contradict each other are refused', () => {
  expect(() => chosenFormat({ out: 'p.html', format: 'csv' })).toThrow(
    expect.objectContaining({
      kind: 'usage',
      message: '--out: p.html is the name of a file in html, and --format says csv',
      fix: 'Leave --format out, or let the name end in .csv.',
    }),
  );
});

test('without a file the format alone decides, or nothing does', () => {
  expect(chosenFormat({ format: 'png' })).toBe('png');
  expect(chosenFormat({})).toBeUndefined();
});
