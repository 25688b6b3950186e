import { causes, type Cause, type CellCauses } from '../../explain/causes.ts';
import type { Prediction } from '../../explain/predict.ts';
import type { Place, ReportModel } from '../model.ts';
import type { LatencyTable } from '../tables.ts';

/** One workload's cells by cause, and what other placements would give; every format renders this. */
export interface ExplainedTable {
  readonly table: LatencyTable;
  /** By region, and within it in the order of the targets; without those that have no median. */
  readonly cells: readonly ExplainedCell[];
  /** Those that occur in any cell, in the order of a request's way. */
  readonly causes: readonly Cause[];
  readonly predictions: readonly Prediction[];
  /** The placements of the predictions, the run's targets first. */
  readonly placements: readonly string[];
}

export interface ExplainedCell extends CellCauses {
  readonly place: Place;
}

export function explainedTables({ tables, explanation }: ReportModel): ExplainedTable[] {
  return tables.map((table) => {
    const cells = table.rows.flatMap(({ place, cells: row }) =>
      row.flatMap(({ target }) => {
        const found = explanation.cells.find(
          (c) => isOf(c, table) && c.target === target && c.vantage === place.code,
        );
        return found === undefined ? [] : [{ ...found, place }];
      }),
    );
    const occur = new Set(cells.flatMap(({ parts }) => parts.map(({ cause }) => cause)));
    const predictions = explanation.predictions.filter(
      (p) => table.temperature === 'warm' && p.scenario === table.scenario && p.step === table.step,
    );
    return {
      ...{ table, cells, predictions },
      causes: causes.filter((cause) => occur.has(cause)),
      placements: [...new Set(predictions.map(({ placement }) => placement))],
    };
  });
}

const isOf = (cell: CellCauses, { scenario, step, temperature }: LatencyTable): boolean =>
  cell.scenario === scenario && cell.step === step && cell.temperature === temperature;
