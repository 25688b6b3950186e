/** A piece of a line: padded text, and whose cell it is; `row` is undefined in the header. */
export interface Piece {
  readonly text: string;
  readonly row: number | undefined;
  /** 0 is the label. */
  readonly column: number;
}

const gap = '  ';

/**
 * Lays a table out for a terminal: labels left, figures right, long headings broken at their hyphens. Columns that
 * don't fit go below, with the labels again. Colour comes after, so that it can't disturb the widths.
 */
export function alignTable(
  header: readonly string[],
  body: readonly (readonly string[])[],
  columns: number,
): Piece[][] {
  const widths = widthsOf(header, body);
  return fitting(widths, columns).flatMap((shown, i) => [
    ...(i > 0 ? [[]] : []),
    ...headingLines(header, widths).map((cells) => pieces(cells, undefined, widths, shown)),
    ...body.map((cells, row) => pieces(cells, row, widths, shown)),
  ]);
}

/** How wide a terminal must be to show the table in one piece. */
export function tableWidth(
  header: readonly string[],
  body: readonly (readonly string[])[],
): number {
  const widths = widthsOf(header, body);
  return widths.reduce((sum, w) => sum + w, 0) + gap.length * (widths.length - 1);
}

function widthsOf(header: readonly string[], body: readonly (readonly string[])[]): number[] {
  return header.map((text, column) => {
    const cells = body.map((row) => row[column] ?? '');
    const parts = breaks(text).map((part) => part.trimEnd());
    return Math.max(...[...parts, ...cells].map(width));
  });
}

/** The columns of each stack: the label, and as many others as there is room for, one at least. */
function fitting(widths: readonly number[], columns: number): number[][] {
  const label = widths[0] ?? 0;
  const stacks: number[][] = [];
  let room = 0;
  widths.slice(1).forEach((w, i) => {
    room -= gap.length + w;
    if (room >= 0) stacks.at(-1)?.push(i + 1);
    else {
      stacks.push([0, i + 1]);
      room = columns - label - gap.length - w;
    }
  });
  return stacks;
}

/** Where a heading may be broken. */
const breaks = (text: string): string[] => text.split(/(?<=[-\s])/u);

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
  for (const part of breaks(text)) {
    const line = (lines.at(-1) ?? '') + part;
    if (width(line.trimEnd()) <= room) lines[lines.length - 1] = line;
    else lines.push(part);
  }
  return lines.map((line) => line.trimEnd()).filter((line) => line !== '');
}

function pieces(
  cells: readonly string[],
  row: number | undefined,
  widths: readonly number[],
  shown: readonly number[],
): Piece[] {
  return shown.map((column) => {
    const text = cells[column] ?? '';
    const space = ' '.repeat((widths[column] ?? 0) - width(text));
    return { text: column === 0 ? text + space : gap + space + text, row, column };
  });
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
