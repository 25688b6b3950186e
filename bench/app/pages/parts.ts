import { html } from 'hono/html';
import { cityOf } from '../recipes/index.ts';
import type { Comment, RatedCard, RecipeCard } from '../store/recipe.ts';
import type { Html } from './html.ts';

/** Recipes in a list; the place is left out where all are from `place`, a region code. */
export const cards = (recipes: readonly RecipeCard[], place?: string): Html =>
  html`<ul class="grid">
    ${recipes.map((recipe) => card(recipe, recipe.city !== place))}
  </ul>`;

const card = (recipe: RecipeCard | RatedCard, showPlace: boolean): Html =>
  html`<li class="card">
    ${showPlace ? html`<span class="place">${cityOf(recipe.city).name}</span>` : ''}
    <h3><a href="/recipes/${recipe.id}">${recipe.title}</a></h3>
    <p>${recipe.summary}</p>
    <div class="facts">
      ${'count' in recipe && recipe.count > 0 ? rating(recipe) : ''}<span
        >${duration(recipe.minutes)}</span
      ><span>${recipe.difficulty}</span>
    </div>
  </li>`;

/** Stars and how many gave them. */
export const rating = ({ average, count }: { average: number; count: number }): Html =>
  html`<span
    >${stars(average)} ${average.toFixed(1)}
    <span aria-label="${count} ratings">(${count})</span></span
  >`;

export function stars(average: number): Html {
  const full = Math.round(average);
  return html`<span class="stars" aria-hidden="true"
    >${'★'.repeat(full)}<span class="off">${'★'.repeat(5 - full)}</span></span
  >`;
}

/** `45 min`, `2 h 30 min`. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : ''].filter(Boolean).join(' ');
}

export const quotes = (comments: readonly Comment[]): Html =>
  html`<ul class="comments">
    ${comments.map(
      ({ name, body }) =>
        html`<li>
          <p class="quote">${body}</p>
          <cite>${name}</cite>
        </li>`,
    )}
  </ul>`;
