import { visibleJson } from '../../base/visible.ts';
import type { CellCauses } from '../../explain/causes.ts';
import type { Prediction } from '../../explain/predict.ts';
import type { Estimate } from '../../stats/interval.ts';
import type { ReportModel } from '../model.ts';
import { explanationNotes, howExplained } from './words.ts';
import { explainedTables } from './explained-tables.ts';

/** Where the time goes, as JSON, schema 1: every cell, every prediction. Times in ms; low and high of 95 % intervals. */
export function explanationJson(model: ReportModel): string {
  const { manifest, explanation } = model;
  const json = {
    ...{ schema: 1, runId: manifest.runId, startedAtIso: manifest.startedAtIso },
    cells: explanation.cells.map(cellJson),
    predictions: explanation.predictions.map(predictionJson),
    notes: explainedTables(model).flatMap(explanationNotes),
    how: howExplained(manifest),
  };
  return `${visibleJson(json, 2)}\n`;
}

function cellJson(cell: CellCauses) {
  const { target, vantage, scenario, metric, region, database, queries, served, says } = cell;
  return {
    ...{ target, vantage, scenario, metric, region, database, queries },
    ...{ regions: served?.regions, replays: served?.replays, answers: served?.answers },
    p50: estimateJson(cell.whole),
    parts: cell.parts.map(({ cause, ms, interval }) => ({
      cause,
      ...estimateJson({ centre: ms, ...(interval === undefined ? {} : { interval }) }),
    })),
    unexplained: estimateJson(cell.unexplained),
    excessMs: cell.excessMs,
    floorMs: cell.floorMs,
    named: says.parts,
    ...{ edge: says.edge, caches: says.caches, ageS: says.ageS },
  };
}

function predictionJson({ predicted, measured, ...of }: Prediction) {
  return {
    ...of,
    predicted: estimateJson(predicted),
    ...(measured === undefined ? {} : { measured: estimateJson(measured) }),
  };
}

const estimateJson = ({ centre: ms, interval }: Estimate) =>
  interval === undefined ? { ms } : { ms, lowMs: interval.low, highMs: interval.high };
