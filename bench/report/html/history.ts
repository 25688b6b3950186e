import type { History, HistoryCell } from '../history/history.ts';
import { bandLevel } from '../history/trend.ts';
import { bandWords, nameOf, sentencesOn } from '../history/words.ts';
import type { ReportModel } from '../model.ts';
import { plusMinus } from '../words.ts';
import { chartFigure, figuresTable } from './chart-figure.ts';
import { chooser } from './chooser.ts';
import { html, name, type Html } from './markup.ts';

/** The trend up to this run; nothing where there is no earlier one that was measured like it. */
export function historySection(model: ReportModel): Html | undefined {
  const { history } = model;
  if (history === undefined) return undefined;
  return html`<section id="history">
    <h2>The trend over ${history.runs.length} ${history.runs.length === 1 ? 'run' : 'runs'}</h2>
    <p class="how">
      This run and earlier ones that were measured alike. Where the newest median was to be expected
      follows from those before it since the last shift (${100 * bandLevel} % prediction band).
    </p>
    <ul>
      ${[...sentencesOn(history), ...history.notes].map((text) => html`<li>${text}</li>`)}
    </ul>
    ${
      history.runs.length < 2
        ? undefined
        : html`${chooser(model, 'history')}
            <p class="about" data-about="place" aria-live="polite"></p>
            ${chartFigure({
              id: 'history-chart',
              title: 'Median time to first byte, run by run',
              how: html`Each dot is the chosen target’s median in a run, bars are its 95 % interval.
              The grey box is where the newest was expected; a dashed line is where the level
              shifted.`,
              table: table(history),
            })}`
    }
  </section>`;
}

function table(history: History): Html {
  const heads = ['Cell', 'Expected ms', ...history.runs.map(({ manifest }) => manifest.runId)];
  return figuresTable(
    'Medians of every run, ms',
    heads,
    history.cells.map((cell) => row(cell, history)),
  );
}

function row(cell: HistoryCell, history: History): Html {
  const { points, band, newest } = cell;
  const expected = band === undefined ? 'n/a' : `${bandWords(cell)} (newest ${newest})`;
  return html`<tr>
    <th scope="row">${name(nameOf(cell, history))}</th>
    <td>${expected}</td>
    ${points.map((point) => html`<td>${point === undefined ? '–' : plusMinus(point)}</td>`)}
  </tr> `;
}
