import type { ChartConfiguration } from 'chart.js';
import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import { formatMillis } from '../../base/units.ts';
import type { LostRound, RoundsCell, RoundsPlace, RoundsTable } from '../page-data/rounds.ts';
import type { Inks } from './inks.ts';
import { byTarget, lineStyle } from './line-style.ts';
import { marker } from './marker.ts';

export interface RoundsInput {
  readonly targets: readonly string[];
  readonly chosen: number;
  readonly table: RoundsTable;
  readonly place: RoundsPlace;
}

export interface BlockPoint {
  /** Rounds from the start of the run. */
  readonly x: number;
  /** Per cent above the target's median of the whole run. */
  readonly y: number;
  /** For people. */
  readonly says?: string;
}

/** Every block's median against that of the run, in the order in which they were measured. */
export function roundsChart(
  { targets, chosen, table, place }: RoundsInput,
  inks: Inks,
): ChartConfiguration<'scatter', BlockPoint[]> {
  const medians = targets.map((label, target) => ({
    label,
    data: blockPoints(place.cells[target], table.at[target] ?? []),
    ...lineStyle(target, chosen, inks),
    ...{ pointRadius: target === chosen ? 5 : 3.5, pointHoverRadius: 6, borderWidth: 1 },
  }));
  const slopes = targets.map((label, target) => ({
    label,
    data: thirdsLines(place.cells[target], table, target),
    ...lineStyle(target, chosen, inks),
    ...{ showLine: true, spanGaps: false, pointRadius: 0, pointHitRadius: 0, borderDash: [] },
  }));
  return {
    type: 'scatter',
    data: { datasets: [...medians, ...slopes] },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      scales: { x: roundAxis(table.rounds, inks), y: percentAxis(inks) },
      plugins: {
        annotation: { annotations: annotations(table.rounds, place.lost, inks) },
        legend: {
          align: 'start',
          labels: {
            ...{ color: inks.text, usePointStyle: true, boxHeight: 7, sort: byTarget },
            filter: ({ datasetIndex }) => (datasetIndex ?? 0) < targets.length,
          },
        },
        tooltip: {
          callbacks: {
            label: ({ dataset, raw }) =>
              `${dataset.label ?? ''}, ${(raw as BlockPoint).says ?? ''}`,
          },
        },
      },
    },
  };
}

const percentOver = (ms: number, usual: number): number => 100 * (ms / usual - 1);

function blockPoints(cell: RoundsCell | undefined, at: readonly number[]): BlockPoint[] {
  const usual = cell?.usual;
  if (cell === undefined || usual === undefined) return [];
  return cell.ms.map((ms, i) => {
    const round = cell.round[i] ?? NaN;
    const y = percentOver(ms, usual);
    const says = `round ${round + 1}: ${formatMillis(ms)} ms (${y < 0 ? '−' : '+'}${Math.abs(y).toFixed(1)} %)`;
    return { x: at[round] ?? NaN, y, says };
  });
}

/** From the first third of a block to its last: it falls where the target was still warming up. */
function thirdsLines(cell: RoundsCell | undefined, table: RoundsTable, target: number) {
  const usual = cell?.usual;
  if (cell === undefined || usual === undefined) return [];
  const reach = 0.35 * blockWidth(table);
  return cell.round.flatMap((round, i) => {
    const [first, last] = [cell.first[i] ?? NaN, cell.last[i] ?? NaN];
    const x = table.at[target]?.[round] ?? NaN;
    return [
      { x: x - reach, y: percentOver(first, usual) },
      { x: x + reach, y: percentOver(last, usual) },
      // A gap before the next block.
      { x: x + reach, y: NaN },
    ];
  });
}

/** Of one block, in rounds. */
function blockWidth({ at }: RoundsTable): number {
  const first = at.flatMap((positions) => positions[0] ?? []);
  return first.length < 2 ? 0.5 : (Math.max(...first) - Math.min(...first)) / (first.length - 1);
}

function roundAxis(rounds: number, { quiet }: Inks) {
  return {
    type: 'linear' as const,
    min: 0,
    max: rounds,
    title: { display: true, text: 'round, in the order of the run', color: quiet },
    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
      axis.ticks = Array.from({ length: rounds }, (_, i) => ({ value: i + 0.5 }));
    },
    ticks: {
      color: quiet,
      maxRotation: 0,
      autoSkip: true,
      callback: (value: string | number) => String(Math.ceil(Number(value))),
    },
    grid: { display: false },
    border: { display: false },
  };
}

function percentAxis({ quiet, grid }: Inks) {
  return {
    type: 'linear' as const,
    // Never so close that noise looks large.
    suggestedMin: -5,
    suggestedMax: 5,
    title: { display: true, text: 'against the median of the run, %', color: quiet },
    ticks: { color: quiet },
    grid: { color: grid },
    border: { display: false },
  };
}

/** Every other round shaded, so that rounds stay apart, and a word over those that don't count. */
function annotations(rounds: number, lost: readonly LostRound[], inks: Inks): AnnotationOptions[] {
  const odd = Array.from({ length: rounds }, (_, round) => round).filter(
    (round) => round % 2 === 1,
  );
  const lostRounds = [...new Set(lost.map(({ round }) => round))];
  return [
    ...odd.map((round) => band(round, `${inks.grid}60`)),
    ...lostRounds.map((round) => ({
      ...band(round, `${inks.budget}40`),
      label: {
        ...{ display: true, content: 'not used', color: inks.text, rotation: -90 },
        font: { size: 12, weight: 'normal' as const },
      },
    })),
    marker('y', 0, '', inks.quiet),
  ];
}

const band = (round: number, backgroundColor: string) => ({
  ...{ type: 'box' as const, xMin: round, xMax: round + 1, backgroundColor, borderWidth: 0 },
  drawTime: 'beforeDatasetsDraw' as const,
});
