import type { Millis } from '../base/units.ts';
import type { CalibrationRow } from './calibration.ts';
import type { ReportModel } from './model.ts';
import { causesData, type CausesData } from './page-data/causes.ts';
import { choicesData, type ChoicesData } from './page-data/choices.ts';
import { distributionData, type DistributionData } from './page-data/distribution.ts';
import { allEffects, type AllEffects } from './page-data/effects.ts';
import { historyData, type HistoryData } from './page-data/history.ts';
import { lagData, type LagData } from './page-data/lag.ts';
import { linksData, type LinksData } from './page-data/links.ts';
import { latencyData, type LatencyData } from './page-data/latency.ts';
import { roundsData, type RoundsData } from './page-data/rounds.ts';
import { visible } from './words.ts';
import { mapData, type MapData } from './page-data/map.ts';

/** What the page's charts are drawn from; embedded in the page as JSON. */
export interface PageData {
  readonly budgetMs: Millis;
  readonly targets: readonly string[];
  /** One for every latency chart, by the id of its canvas. */
  readonly latency: Readonly<Record<string, LatencyData>>;
  readonly calibration: readonly CalibrationRow[];
  readonly causes?: CausesData;
  readonly choices?: ChoicesData;
  readonly distribution?: DistributionData;
  readonly lag?: LagData;
  readonly links?: LinksData;
  readonly rounds?: RoundsData;
  readonly map?: MapData;
  readonly effects?: AllEffects;
  readonly history?: HistoryData;
}

/** The id of a table's canvas. */
export const chartId = (index: number): string => `latency-${index}`;

export function pageData(model: ReportModel): PageData {
  const { budgetMs, targets, tables, calibration } = model;
  return {
    budgetMs,
    targets: targets.map(visible),
    latency: Object.fromEntries(tables.map((table, i) => [chartId(i), latencyData(table)])),
    calibration,
    causes: causesData(model),
    choices: choicesData(model),
    distribution: distributionData(model),
    lag: lagData(model),
    links: linksData(model),
    rounds: roundsData(model),
    map: mapData(model),
    effects: allEffects(model),
    ...historyData(model),
  };
}
