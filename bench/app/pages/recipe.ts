import { html } from 'hono/html';
import type { AppContext } from '../context.ts';
import { cityOf } from '../recipes/index.ts';
import type { Rating } from '../store/ratings.ts';
import type { Comment, FullRecipe } from '../store/recipe.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { duration, quotes, rating } from './parts.ts';

export interface RecipeView {
  readonly recipe: FullRecipe;
  readonly yours: Rating | undefined;
  readonly comments: readonly Comment[];
}

export function recipePage(c: AppContext, { recipe, yours, comments }: RecipeView): Html {
  const city = cityOf(recipe.city);
  return layout(c, {
    title: recipe.title,
    words: '',
    body: html`<section class="hero">
        <span class="place">${city.name}, ${city.country}</span>
        <h1>${recipe.title}</h1>
        <p class="lead">${recipe.summary}</p>
        <div class="facts">
          ${recipe.count > 0 ? rating(recipe) : 'Not rated yet'}<span
            >${duration(recipe.minutes)}</span
          ><span>${recipe.difficulty}</span><span>by ${recipe.author}</span>
        </div>
        <ul class="chips" aria-label="Tags">
          ${recipe.tags.map((tag) => html`<li><a class="chip" href="/search?q=${encodeURIComponent(tag)}">${tag}</a></li>`)}
        </ul>
      </section>
      <div class="recipe">
        <section class="panel">
          <h2>For ${recipe.servings}</h2>
          <ul class="ingredients">
            ${recipe.ingredients.map(
              ({ name, amount }) => html`<li>${name}<span>${amount}</span></li>`,
            )}
          </ul>
        </section>
        <section>
          <ol class="steps">
            ${recipe.steps.map((step) => html`<li>${step}</li>`)}
          </ol>
        </section>
      </div>
      ${rateForm(recipe, yours)}
      <h2>What cooks say</h2>
      ${comments.length === 0 ? html`<p>Nobody has said anything yet.</p>` : quotes(comments)}`,
  });
}

/** A button a star, the last one first in the markup, so that plain CSS can light those below the pointer. */
const rateForm = (recipe: FullRecipe, yours: Rating | undefined): Html =>
  html`<h2 id="rate">${yours === undefined ? 'Have you cooked it?' : 'Your rating'}</h2>
    <form
      class="rate"
      method="post"
      action="/recipes/${recipe.id}/ratings"
      aria-label="Rate this recipe"
    >
      ${[5, 4, 3, 2, 1].map(
        (stars) =>
          html`<button
            name="stars"
            value="${stars}"
            class="${stars <= (yours?.stars ?? 0) ? 'on' : ''}"
            aria-label="${stars} ${stars === 1 ? 'star' : 'stars'}"
          >
            ★
          </button>`,
      )}
    </form>`;
