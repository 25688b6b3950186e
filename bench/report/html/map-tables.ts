import { formatMillis } from '../../base/units.ts';
import type { TargetPlacement } from '../map/geography.ts';
import type { Place, ReportModel } from '../model.ts';
import type { LatencyTable, TableCell } from '../tables.ts';
import { tableTitle } from '../titles.ts';
import { breakable } from './heat.ts';
import { html, name, type Html } from './markup.ts';

/** What the map shows, in words and numbers: what runs where, and who answered whom how fast. */
export function mapTables(model: ReportModel): Html {
  return html`${table(model, 'What runs where', (place) =>
    model.targets.map((target) => runsThere(model.geography.placements.get(target), place)),
  )}
  ${model.tables.map((latencies) => answers(model, latencies))}`;
}

function answers(model: ReportModel, latencies: LatencyTable): Html {
  const title = `${tableTitle(latencies)}, in ms, and the region that served most answers`;
  const rows = new Map(latencies.rows.map(({ place, cells }) => [place, cells]));
  return table(model, title, (place) => (rows.get(place) ?? []).map((cell) => answer(cell, place)));
}

function table(
  { places, targets }: ReportModel,
  title: string,
  cellsOf: (place: Place) => readonly Html[],
): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}">
    <table class="figures">
      <caption>
        ${title}
      </caption>
      <thead>
        <tr>
          <th scope="col">Region</th>
          ${targets.map((target) => html`<th scope="col" class="text">${breakable(target)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${places.map(
          (place) =>
            html`<tr>
              <th scope="row">${name(place.code)}</th>
              ${cellsOf(place).map((cell) => html`<td class="text">${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function runsThere(placement: TargetPlacement | undefined, { region }: Place): Html {
  if (placement === undefined) return html`not known`;
  const { machines, database, replicas } = placement;
  const parts = [
    ...(machines.includes(region) ? ['app'] : []),
    ...(database === region ? ['database'] : []),
    ...(replicas.includes(region) ? ['read replica'] : []),
  ];
  return html`${parts.length === 0 ? '–' : parts.join(', ')}`;
}

function answer({ result: { summary, server } }: TableCell, { gap }: Place): Html {
  if (summary.p50 === undefined)
    return html`${gap === undefined ? 'no valid round' : `missing: ${gap}`}`;
  const by = server.region === undefined ? html`not said` : name(server.region);
  return html`${formatMillis(summary.p50.centre)}, ${by}`;
}
