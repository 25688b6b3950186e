import { html } from 'hono/html';
import type { AppContext } from '../context.ts';
import { cities } from '../recipes/index.ts';
import type { Problems, RecipeFields } from '../new-recipe.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';

/** The form for a new recipe; `problems` by the field that they are about. */
export function newRecipePage(c: AppContext, given: RecipeFields, problems: Problems): Html {
  const wrong = (field: keyof RecipeFields): Html | string =>
    problems[field] === undefined ? '' : html`<span class="wrong">${problems[field]}</span>`;
  const invalid = (field: keyof RecipeFields): Html | string =>
    problems[field] === undefined ? '' : html` aria-invalid="true"`;
  return layout(c, {
    title: 'Add a recipe',
    words: '',
    body: html`<section class="hero">
        <h1>Add a recipe</h1>
        <p>
          ${Object.keys(problems).length === 0 ? 'Something people near you should taste.' : html`<span class="wrong" role="alert">Almost there: please look at the marked fields.</span>`}
        </p>
      </section>
      <form class="form" method="post" action="/recipes">
        <label
          >Title
          <input
            name="title"
            value="${given.title}"
            maxlength="120"
            required${invalid('title')}
          />${wrong('title')}</label
        >
        <label
          >In one sentence
          <input
            name="summary"
            value="${given.summary}"
            maxlength="300"
            required${invalid('summary')}
          />${wrong('summary')}</label
        >
        <div class="row">
          <label
            >City
            <select name="city" ${invalid('city')}>
              ${cities.map((city) => html`<option value="${city.region}" ${city.region === given.city ? html` selected` : ''}>${city.name}</option>`)}</select
            >${wrong('city')}</label
          >
          <label
            >Minutes
            <input
              name="minutes"
              type="number"
              min="1"
              max="2880"
              value="${given.minutes}"
              required${invalid('minutes')}
            />${wrong('minutes')}</label
          >
          <label
            >Difficulty
            <select name="difficulty" ${invalid('difficulty')}>
              ${['easy', 'medium', 'ambitious'].map((d) => html`<option${d === given.difficulty ? html` selected` : ''}>${d}</option>`)}</select
            >${wrong('difficulty')}</label
          >
        </div>
        <label
          >Ingredients <small>One a line, the amount after a comma: tomatoes, 500 g</small
          ><textarea name="ingredients" rows="6" required${invalid('ingredients')}>
${given.ingredients}</textarea
          >${wrong('ingredients')}</label
        >
        <label
          >Steps <small>One a line</small
          ><textarea name="steps" rows="6" required${invalid('steps')}>${given.steps}</textarea
          >${wrong('steps')}</label
        >
        <div class="row">
          <label
            >Serves
            <input
              name="servings"
              type="number"
              min="1"
              max="50"
              value="${given.servings}"
              required${invalid('servings')}
            />${wrong('servings')}</label
          >
          <label
            >Tags
            <input
              name="tags"
              value="${given.tags}"
              placeholder="soup, quick"
              ${invalid('tags')}
            />${wrong('tags')}</label
          >
          <label
            >Your name
            <input
              name="author"
              value="${given.author}"
              maxlength="80"
              required${invalid('author')}
            />${wrong('author')}</label
          >
        </div>
        <div><button>Add it</button></div>
      </form>`,
  });
}
