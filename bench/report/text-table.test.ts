import { expect, test } from 'vitest';
import { alignTable, wrapText } from './text-table.ts';

const lines = (columns: number): string[] =>
  alignTable(
    ['', 'single-region', 'read-replicas'],
    [
      ['cdg Paris', '5.0', '4.9'],
      ['scl Santiago', '211 ±3.1', '5.1'],
    ],
    columns,
  ).map((line) => line.map(({ text }) => text).join(''));

test('labels are left, figures right, headings broken at hyphens', () => {
  expect(lines(80)).toEqual([
    '               single-     read-',
    '                region  replicas',
    'cdg Paris          5.0       4.9',
    'scl Santiago  211 ±3.1       5.1',
  ]);
});

test('columns that do not fit go below, with the labels again', () => {
  const narrow = lines(24);
  expect(narrow.every((line) => line.length <= 24)).toBe(true);
  expect(narrow.filter((line) => line.startsWith('cdg Paris'))).toHaveLength(2);
});

test('too narrow a terminal still shows every figure', () => {
  expect(lines(5).join('\n')).toContain('211 ±3.1');
});

test('a letter with its marks is one character wide', () => {
  const [header, row] = alignTable(['', 'x'], [['e\u0301', '1']], 80);
  expect(row?.[0]?.text).toBe('e\u0301');
  expect(header?.[0]?.text).toBe(' ');
});

test('paragraphs break at spaces, and long words stay whole', () => {
  expect(wrapText('one two three', 8)).toBe('one two\nthree');
  expect(wrapText('a https://example.test/long b', 8)).toBe('a\nhttps://example.test/long\nb');
  expect(wrapText('', 8)).toBe('');
});
