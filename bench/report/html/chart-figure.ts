import { html, type Html } from './markup.ts';

/** What surrounds a chart: its title, one sentence on how to read it, and its figures behind a disclosure. */
export interface ChartFigure {
  /** Of the canvas. */
  readonly id: string;
  readonly title: string;
  readonly how: Html;
  /** Absent where another chart of the section shows the same numbers. */
  readonly table?: Html;
  /** Whether it stays what it is, whatever cell is chosen; its height then follows from its rows. */
  readonly isFixed?: boolean;
}

export function chartFigure({ id, title, how, table, isFixed }: ChartFigure): Html {
  return html`<figure>
    <figcaption>${title}</figcaption>
    <p class="how">${how}</p>
    <div class="${isFixed === true ? 'chart' : 'chart follows'}">
      <canvas
        id="${id}"
        role="img"
        aria-label="${title}; the table of this section has the figures"
      ></canvas>
    </div>
    ${
      table === undefined
        ? undefined
        : html`<details>
            <summary>The figures as a table</summary>
            ${table}
          </details>`
    }
  </figure>`;
}

/** Of a column of words, which begin where it begins. */
export interface Head {
  readonly words: string;
}

/** A table that may be wider than the page. */
export function figuresTable(
  label: string,
  heads: readonly (string | Head)[],
  rows: readonly Html[],
): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
    <table class="figures">
      <thead>
        <tr>
          ${heads.map(head)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

const head = (text: string | Head): Html =>
  typeof text === 'string'
    ? html`<th scope="col">${text}</th>`
    : html`<th scope="col" class="text">${text.words}</th>`;
