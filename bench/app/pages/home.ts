import { html } from 'hono/html';
import type { AppContext } from '../context.ts';
import type { City } from '../recipes/city.ts';
import { cityOf } from '../recipes/index.ts';
import type { TitledComment } from '../store/comments.ts';
import type { RatedCard } from '../store/recipe.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { cards } from './parts.ts';
import { searchBox } from './search-box.ts';

const ideas = ['soup', 'chicken', 'lemon', 'vegetarian', 'quick fish', 'beans'];

export function homePage(
  c: AppContext,
  city: City,
  recipes: readonly RatedCard[],
  elsewhere: readonly TitledComment[],
): Html {
  return layout(c, {
    title: `What ${city.people} cook`,
    body: html`<section class="hero">
        <h1>Hello ${city.name}, what shall we cook?</h1>
        <p>
          Home cooking from nineteen cities. You seem to be near ${city.name}, so its kitchens come
          first.
        </p>
        ${searchBox('', 'A dish, an ingredient, a mood…')}
        <ul class="chips" aria-label="Ideas">
          ${ideas.map((idea) => html`<li><a class="chip" href="/search?q=${encodeURIComponent(idea)}">${idea}</a></li>`)}
        </ul>
      </section>
      <h2>Loved in ${city.name}</h2>
      ${cards(recipes, city.region)}
      <h2>Heard in other kitchens</h2>
      <ul class="grid">
        ${elsewhere.map(heard)}
      </ul>`,
  });
}

const heard = (comment: TitledComment): Html =>
  html`<li class="card">
    <span class="place">${cityOf(comment.city).name}</span>
    <h3><a href="/recipes/${comment.recipe}">${comment.title}</a></h3>
    <p>“${comment.body}”</p>
    <div class="facts">${comment.name}</div>
  </li>`;
