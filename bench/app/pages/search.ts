import { html } from 'hono/html';
import type { AppContext } from '../context.ts';
import type { City } from '../recipes/city.ts';
import type { Closeup, SearchPage } from '../store/search-page.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { cards, quotes, stars } from './parts.ts';

export function searchResults(c: AppContext, words: string, city: City, page: SearchPage): Html {
  const heading = page.found.length === 0 ? `Nothing for “${words}” yet` : `“${words}”`;
  return layout(c, {
    title: `${words} – recipes`,
    words,
    body: html`<section class="hero">
        <h1>${words === '' ? 'Search for a dish' : heading}</h1>
        <p>${said(page, city)}</p>
      </section>
      ${cards(page.found)}
      ${
        page.liked === undefined
          ? ''
          : html`<h2>People in ${city.name} also like</h2>
              ${cards(page.liked, city.region)}`
      }
      ${page.closeups.map(closeup)}`,
  });
}

function said({ found }: SearchPage, city: City): Html | string {
  if (found.length === 0)
    return html`Try fewer or plainer words, such as an ingredient. Or
      <a href="/recipes/new">add the recipe</a>.`;
  const near = found.filter((recipe) => recipe.city === city.region).length;
  const from = near === 0 ? '' : `, ${near} of them from ${city.name}`;
  return `${found.length === 12 ? 'The best 12' : found.length} ${found.length === 1 ? 'recipe' : 'recipes'}${from}.`;
}

const closeup = ({ recipe, comments, similar, byAuthor, spread }: Closeup): Html =>
  html`<h2>More about <a href="/recipes/${recipe.id}">${recipe.title}</a></h2>
    ${comments.length === 0 ? '' : quotes(comments.slice(0, 3))}
    ${
      similar.length === 0
        ? ''
        : html`<h3 class="part">In the same spirit</h3>
            ${cards(similar)}`
    }
    ${
      byAuthor.length === 0
        ? ''
        : html`<h3 class="part">Also by ${recipe.author}</h3>
            ${cards(byAuthor)}`
    }
    ${spread.length === 0 ? '' : spreadBars(spread)}`;

function spreadBars(spread: Closeup['spread']): Html {
  const most = Math.max(...spread.map(({ count }) => count));
  return html`<h3 class="part">How it was rated</h3>
    <div class="spread">
      ${[...spread]
        .reverse()
        .map(
          (bar) =>
            html`<div>
              ${stars(bar.stars)}<meter
                min="0"
                max="${most}"
                value="${bar.count}"
                aria-label="${bar.stars} stars"
              ></meter
              >${bar.count}
            </div>`,
        )}
    </div>`;
}
