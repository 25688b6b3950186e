import { stringify } from 'csv-stringify/sync';
import { visible } from '../base/visible.ts';

/**
 * Rows as CSV that a spreadsheet, a terminal and a CI log may show: control characters are written as `\x1b`, and text
 * that a spreadsheet would take for a formula, or a CI system for a command, has an apostrophe before it. So has text that
 * begins with one: a program takes the first apostrophe of a cell away and has the name. Numbers stay numbers.
 */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  // Elsewhere cells end at semicolons.
  return stringify(
    rows.map((row) => row.map(cellText)),
    { quoted_match: /[;|\t]/ },
  );
}

function cellText(value: string | number): string | number {
  if (typeof value === 'number' || /^-?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/.test(value)) return value;
  const text = visible(value);
  return /^\s*[=+\-@:'\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
}
