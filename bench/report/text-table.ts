/** A piece of a line: padded text, and whose cell it is; `row` is undefined in the header. */
export interface Piece {
  readonly text: string;
  readonly row: number | undefined;
  /** 0 is the label. */
  readonly column: number;
}

const gap = '  ';

/**
 * Lays a table out for a terminal: labels left, figures right, long headings broken at their hyphens.
 * Where it can't fit, every cell gets a line of its own. Colour comes after, so that it can't disturb the widths.
 */
export function alignTable(
  header: readonly string[],
  body: readonly (readonly string[])[],
  columns: number,
): Piece[][] {
  const headings = header.map((text) => text.split(/(?<=[-\s])/u).map((part) => part.trim()));
  const widths = header.map((_, column) => {
    const parts = headings[column] ?? [];
    const cells = body.map((row) => row[column] ?? '');
    return Math.max(...[...parts, ...cells].map(width));
  });
  const total = widths.reduce((sum, w) => sum + w, 0) + gap.length * (widths.length - 1);
  if (total > columns) return listed(header, body);
  return [
    ...headingLines(header, widths).map((cells) => piecesOf(cells, undefined, widths)),
    ...body.map((cells, row) => piecesOf(cells, row, widths)),
  ];
}

/** Headings fill lines as far as their column is wide, and end on the same line. */
function headingLines(header: readonly string[], widths: readonly number[]): string[][] {
  const wrapped = header.map((text, column) => fill(text, widths[column] ?? 0));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, i) =>
    wrapped.map((lines) => lines[i - height + lines.length] ?? ''),
  );
}

function fill(text: string, room: number): string[] {
  const lines = [''];
  for (const part of text.split(/(?<=[-\s])/u)) {
    const line = (lines.at(-1) ?? '') + part;
    if (width(line.trimEnd()) <= room) lines[lines.length - 1] = line;
    else lines.push(part);
  }
  return lines.map((line) => line.trimEnd()).filter((line) => line !== '');
}

function piecesOf(
  cells: readonly string[],
  row: number | undefined,
  widths: readonly number[],
): Piece[] {
  return widths.map((room, column) => {
    const text = cells[column] ?? '';
    const space = ' '.repeat(room - width(text));
    return { text: column === 0 ? text + space : gap + space + text, row, column };
  });
}

function listed(header: readonly string[], body: readonly (readonly string[])[]): Piece[][] {
  return body.flatMap((cells, row) => [
    [{ text: cells[0] ?? '', row: undefined, column: 0 }],
    ...cells.slice(1).map((cell, i) => [
      { text: `${gap}${header[i + 1] ?? ''}: `, row, column: 0 },
      { text: cell, row, column: i + 1 },
    ]),
  ]);
}

/** Breaks a paragraph at its spaces; a word that is longer than a line stays whole. */
export function wrapText(text: string, columns: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (width(longer) > columns && line !== '') {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].join('\n');
}

/** Characters as a reader counts them. */
function width(text: string): number {
  return [...graphemes.segment(text)].length;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
