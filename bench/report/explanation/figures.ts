import { plusMinus } from '../words.ts';
import type { ExplainedCell, ExplainedTable } from './explained-tables.ts';
import { causeWords, partText, timeText } from './words.ts';

/** The headings of a table of causes, after region and target. */
export const causeHeadings = ({ causes }: ExplainedTable): string[] => [
  ...['median', ...causes.map((cause) => causeWords[cause])],
  ...['unexplained', 'light'],
];

/** As many figures. */
export const causeFigures = (cell: ExplainedCell, { causes }: ExplainedTable): string[] => [
  ...[plusMinus(cell.whole), ...causes.map((cause) => partText(cell, cause))],
  timeText(cell.unexplained.centre),
  cell.floorMs === undefined ? '–' : timeText(cell.floorMs),
];

/** Of one region, a figure for each placement: predicted, and measured where it was. */
export function predictionFigures(
  { predictions, placements }: ExplainedTable,
  vantage: string,
): string[] {
  return placements.map((placement) => {
    const found = predictions.find((p) => p.vantage === vantage && p.placement === placement);
    if (found === undefined) return '–';
    const measured = found.measured === undefined ? '' : ` / ${timeText(found.measured.centre)}`;
    return `${timeText(found.predicted.centre)}${measured}`;
  });
}
