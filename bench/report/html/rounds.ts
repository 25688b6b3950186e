import { formatMillis } from '../../base/units.ts';
import type { ReportModel } from '../model.ts';
import type { LatencyTable } from '../tables.ts';
import type { BlockMedian, LostBlock, Timeline } from '../timelines.ts';
import { workloadName } from '../titles.ts';
import { chartFigure, figuresTable } from './chart-figure.ts';
import { chooser } from './chooser.ts';
import { breakable } from './heat.ts';
import { html, name, type Html } from './markup.ts';

/** The rounds in the order of the run: drift, warm-up, and what does not count. */
export function roundsSection(model: ReportModel): Html {
  return html`<section id="rounds">
    <h2>Did anything change while it ran?</h2>
    <p class="how">
      The medians of the chosen region, round by round, in the shuffled order in which they were
      measured.
    </p>
    ${chooser(model, 'rounds')}
    <p class="about" data-about="place"></p>
    ${chartFigure({
      id: 'rounds-chart',
      title: 'Median of every round against that of the whole run',
      how: html`A point is one target in one round; all points on a level line: nothing drifted. The
      stroke through a point goes from the first third of its requests to the last: where it falls,
      the target was still warming up. Rounds marked as not used have no points.`,
      table: tables(model),
    })}
    <p class="lost" data-about="lost"></p>
  </section>`;
}

function tables(model: ReportModel): Html {
  return html`${model.timelines.map((timeline, i) => {
    const table = model.tables[i];
    if (table === undefined) return html``;
    const title = `Median of every round, ms: ${workloadName(table)}`;
    const rounds = Array.from({ length: timeline.rounds }, (_, round) => `Round ${round + 1}`);
    return html`<p class="how">${title}</p>
      ${figuresTable(title, ['Region', 'Target', ...rounds], rowsOf(model, table, timeline))}
      ${lostRounds(table, timeline)}`;
  })}`;
}

function rowsOf({ targets }: ReportModel, { rows }: LatencyTable, timeline: Timeline): Html[] {
  return timeline.places.flatMap(({ cells }, i) =>
    cells.flatMap((blocks, target) =>
      blocks.length === 0
        ? []
        : html`<tr>
            <th scope="row">${name(rows[i]?.place.code ?? '')}</th>
            <td class="text">${breakable(targets[target] ?? '')}</td>
            ${byRound(blocks, timeline.rounds).map((text) => html`<td>${text}</td>`)}
          </tr> `,
    ),
  );
}

function byRound(blocks: readonly BlockMedian[], rounds: number): string[] {
  const medians = new Map(blocks.map(({ round, median }) => [round, formatMillis(median)]));
  return Array.from({ length: rounds }, (_, round) => medians.get(round) ?? 'not used');
}

function lostRounds({ rows }: LatencyTable, { places }: Timeline): Html | undefined {
  const items = places.flatMap(({ lost }, i) =>
    lost.map((block) => lostItem(rows[i]?.place.code ?? '', block)),
  );
  return items.length === 0
    ? undefined
    : html`<ul>
        ${items}
      </ul>`;
}

const lostItem = (code: string, { round, target, reason }: LostBlock): Html =>
  html`<li>Round ${round + 1} does not count at ${name(code)}: ${name(target)}, ${reason}.</li>`;
