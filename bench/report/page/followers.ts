import type { ChartConfiguration } from 'chart.js';
import type { PageData } from '../page-data.ts';
import { causesChart } from './causes-chart.ts';
import { ecdfChart, tailChart, type EcdfInput } from './ecdf-chart.ts';
import { historyChart } from './history-chart.ts';
import { isEnlarged } from './enlarge.ts';
import type { Inks } from './inks.ts';
import { roundsChart } from './rounds-chart.ts';
import type { Selection } from './selection.ts';
import { shiftChart } from './shift-chart.ts';

/** Draws what belongs to the chosen cell; undefined where there is nothing to draw. */
export type Follower = (
  data: PageData,
  selection: Selection,
  inks: Inks,
) => ChartConfiguration | undefined;

/** The charts about the chosen cell, by the id of their canvas. */
export const followers: Readonly<Record<string, Follower>> = {
  'causes-chart': ({ targets, budgetMs, causes }, { table: chosenTable, place }, inks) => {
    const table = causes?.[chosenTable];
    return of(
      causesChart,
      table && { targets, budgetMs, table, chosen: place, enlarged: isEnlarged() },
      inks,
    );
  },
  'ecdf-chart': (data, selection, inks) => of(ecdfChart, ecdfInput(data, selection), inks),
  'tail-chart': (data, selection, inks) => of(tailChart, ecdfInput(data, selection), inks),
  'shift-chart': ({ targets, distribution }, { table, place, target }, inks) => {
    const shift = distribution?.[table]?.[place]?.[target]?.shift;
    return of(shiftChart, shift && { targets, chosen: target, shift }, inks);
  },
  'rounds-chart': ({ targets, rounds }, { table, place, target }, inks) => {
    const [all, here] = [rounds?.[table], rounds?.[table]?.places[place]];
    const isEmpty = here?.cells.every(({ ms }) => ms.length === 0) !== false;
    if (all === undefined || here === undefined || (isEmpty && here.lost.length === 0))
      return undefined;
    return of(roundsChart, { targets, chosen: target, table: all, place: here }, inks);
  },
  'history-chart': ({ targets, history }, selection, inks) =>
    of(historyChart, history && { targets, history, ...selection }, inks),
};

/** Charts of every type stand in one list. */
function of<Input>(
  chart: (input: Input, inks: Inks) => unknown,
  input: Input | undefined,
  inks: Inks,
): ChartConfiguration | undefined {
  return input === undefined ? undefined : (chart(input, inks) as ChartConfiguration);
}

function ecdfInput(
  { targets, budgetMs, distribution }: PageData,
  { table, place, target }: Selection,
): EcdfInput | undefined {
  const cells = distribution?.[table]?.[place] ?? [];
  return cells.some((cell) => cell !== null)
    ? { targets, cells, chosen: target, budgetMs }
    : undefined;
}
