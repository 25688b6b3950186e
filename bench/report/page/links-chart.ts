import type { ChartConfiguration } from 'chart.js';
import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import type { ProbedRound } from '../link-history.ts';
import type { LinksData } from '../page-data/links.ts';
import type { Inks } from './inks.ts';
import { byTarget, lineStyle } from './line-style.ts';
import { marker } from './marker.ts';

export interface ProbePoint {
  readonly x: number;
  readonly y: number;
}

/** How far every probe was from the wanted round trip, along the run; rounds that a link spoilt are shaded. */
export function linksChart(
  { lines, rounds }: LinksData,
  inks: Inks,
): ChartConfiguration<'scatter', ProbePoint[]> {
  // Whole tens, so that the axis has round values.
  const times = lines.flatMap(({ at }) => at);
  return {
    type: 'scatter',
    data: {
      datasets: lines.map(({ name, at, error }, i) => ({
        label: name,
        data: at.map((x, probe) => ({ x, y: error[probe] ?? NaN })),
        ...lineStyle(i, -1, inks),
        ...{ showLine: true, spanGaps: false, borderWidth: 1, pointRadius: 1.5 },
        ...{ pointHoverRadius: 5, pointBorderWidth: 1 },
      })),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      scales: {
        x: {
          type: 'linear',
          min: 10 * Math.floor(Math.min(...times) / 10),
          max: 10 * Math.ceil(Math.max(...times) / 10),
          title: { display: true, text: 'from the start of the load, s', color: inks.quiet },
          ticks: { color: inks.quiet, maxRotation: 0 },
          grid: { display: false },
          border: { display: false },
        },
        y: {
          type: 'linear',
          // Never so close that noise looks large.
          suggestedMin: -1,
          suggestedMax: 3,
          title: { display: true, text: 'measured − wanted, ms', color: inks.quiet },
          ticks: { color: inks.quiet },
          grid: { color: inks.grid },
          border: { display: false },
        },
      },
      plugins: {
        annotation: { annotations: annotations(rounds, inks) },
        legend: {
          align: 'start',
          labels: { color: inks.text, usePointStyle: true, boxHeight: 7, sort: byTarget },
        },
        tooltip: {
          callbacks: {
            label: ({ dataset, parsed }) =>
              `${dataset.label ?? ''}, ${(parsed.x ?? 0).toFixed(0)} s: ${signed(parsed.y ?? 0)} ms`,
          },
        },
      },
    },
  };
}

const signed = (ms: number): string => `${ms < 0 ? '−' : '+'}${Math.abs(ms).toFixed(2)}`;

function annotations(rounds: readonly ProbedRound[], inks: Inks): AnnotationOptions[] {
  const odd = rounds.filter(({ round, lost }) => round % 2 === 1 && !lost);
  const lost = rounds.filter((round) => round.lost);
  return [
    ...odd.map((round) => band(round, `${inks.grid}60`)),
    ...lost.map((round) => ({
      ...band(round, `${inks.budget}40`),
      label: {
        ...{ display: true, content: 'a link was off', color: inks.text, rotation: -90 },
        font: { size: 12, weight: 'normal' as const },
      },
    })),
    marker('y', 0, '', inks.quiet),
  ];
}

const band = ({ fromS, toS }: ProbedRound, backgroundColor: string) => ({
  ...{ type: 'box' as const, xMin: fromS, xMax: toS, backgroundColor, borderWidth: 0 },
  drawTime: 'beforeDatasetsDraw' as const,
});
