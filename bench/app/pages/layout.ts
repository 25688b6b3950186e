import { html, raw } from 'hono/html';
import { acceptedIn, type AppContext } from '../context.ts';
import { css } from './css.ts';
import { searchBox } from './search-box.ts';
import type { Html } from './html.ts';

const style = raw(`<style>${css}</style>`);

const mark = html`<svg
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="1.8"
  stroke-linecap="round"
  aria-hidden="true"
>
  <path d="M4 11h16a8 8 0 0 1-16 0Z" />
  <path d="M2.5 11h19M9 7.5c-1-1.2 1-2 0-3.5M13 7.5c-1-1.2 1-2 0-3.5" />
</svg>`;

export interface PageParts {
  readonly title: string;
  readonly body: Html;
  /** The words in the search box at the top; undefined: the page has a box of its own. */
  readonly words?: string;
}

/** The frame of every page. */
export function layout(c: AppContext, { title, body, words }: PageParts): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${style}
      </head>
      <body>
        <header class="top">
          <div class="wrap">
            <a class="brand" href="/">${mark} Around the table</a>
            ${words === undefined ? '' : searchBox(words)}
            <nav><a href="/recipes/new">Add a recipe</a></nav>
          </div>
        </header>
        <main class="wrap">${body}</main>
        ${footer(c)}
      </body>
    </html>`;
}

/** Which machine answered and what it took: the point of this app. */
function footer(c: AppContext): Html {
  const { settings, tally } = c.var;
  return html`<footer>
    <div class="wrap">
      <span>Served from <b>${settings.region}</b> by machine <b>${settings.machine}</b></span>
      <span>Accepted in <b>${acceptedIn(c) ?? settings.region}</b></span>
      <span>Writer in <b>${settings.primary}</b></span>
      <span
        ><b>${tally.queries}</b> ${tally.queries === 1 ? 'query' : 'queries'} in
        <b>${tally.ms.toFixed(1)} ms</b></span
      >
    </div>
  </footer>`;
}
