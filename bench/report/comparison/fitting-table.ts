import { tableWidth } from '../text-table.ts';
import { visible } from '../words.ts';
import * as figures from './figures.ts';
import { cellLabel } from './words.ts';
import type { ComparedWorkload } from './workloads.ts';

export interface Table {
  readonly header: readonly string[];
  readonly body: readonly (readonly string[])[];
}

/** The fullest table that is not wider than the terminal; the verdict is the last column of all of them. */
export function fittingTable(
  { cells }: ComparedWorkload,
  [baseline, candidate]: readonly [string, string],
  columns: number,
): Table {
  const sides: Column[] = [
    [visible(baseline), figures.baselineMs],
    [visible(candidate), figures.candidateMs],
  ];
  const tables = choicesOf(sides).map((choice) => {
    const all: Column[] = [...choice, ['verdict', figures.verdict]];
    return {
      header: ['', ...all.map(([title]) => title)],
      body: cells.map((cell) => [cellLabel(cell), ...all.map(([, figure]) => figure(cell))]),
    };
  });
  const fits = tables.find(({ header, body }) => tableWidth(header, body) <= columns);
  return fits ?? tables.at(-1) ?? { header: [], body: [] };
}

type Column = readonly [title: string, figure: figures.Figure];

function choicesOf(sides: readonly Column[]): Column[][] {
  const msWithin: Column = ['difference ms', figures.differenceMsWithin];
  const ms: Column = ['difference ms', figures.differenceMs];
  const percent: Column = ['difference %', figures.differencePercent];
  const detects: Column = ['detects', figures.detectable];
  return [
    [...sides, msWithin, percent, detects],
    [...sides, ms, percent, detects],
    [...sides, ms, percent],
    [ms, percent],
    [percent],
  ];
}
