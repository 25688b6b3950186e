import { Hono } from 'hono';
import { recipeId, visitorCity, type AppContext, type AppEnv } from '../context.ts';
import { checkRecipe, readFields, type Problems, type RecipeFields } from '../new-recipe.ts';
import { homePage } from '../pages/home.ts';
import { newRecipePage } from '../pages/new-recipe.ts';
import { problemPage } from '../pages/problem.ts';
import { recipePage } from '../pages/recipe.ts';
import { searchResults } from '../pages/search.ts';
import { latestElsewhere } from '../store/comments.ts';
import { violates } from '../store/database.ts';
import { countHit } from '../store/hits.ts';
import { addRecipe, recipesOfCity } from '../store/recipes.ts';
import { searchPage } from '../store/search-page.ts';
import { rateRecipe } from './rating.ts';
import { viewRecipe } from './recipe-view.ts';
import { searchInput } from './search-input.ts';

/** The app for people. */
export const pages = new Hono<AppEnv>();

pages.get('/', async (c) => {
  const city = visitorCity(c);
  const recipes = await recipesOfCity(c.var.db, city.region);
  return c.html(homePage(c, city, recipes, await latestElsewhere(c.var.db, city.region)));
});

pages.get('/search', async (c) => {
  const { words, queries } = searchInput(c);
  const city = visitorCity(c);
  const page = await searchPage(c.var.db, words, city.region, queries);
  return c.html(searchResults(c, words, city, page));
});

pages.get('/recipes/new', (c) => {
  const blank = readFields({ city: visitorCity(c).region, servings: 4, minutes: 30 });
  return c.html(newRecipePage(c, blank, {}));
});

pages.get('/recipes/:id', async (c) => {
  const id = recipeId(c);
  // Counted before anything is read, as apps do that count in a filter.
  if (id !== undefined && c.req.query('hit') === '1') await countKnownHit(c, id);
  const view = id === undefined ? undefined : await viewRecipe(c, id);
  return view === undefined ? noRecipe(c) : c.html(recipePage(c, view));
});

async function countKnownHit(c: AppContext, id: number): Promise<void> {
  try {
    await countHit(c.var.db, id);
  } catch (error) {
    if (!violates(error, 'foreign key')) throw error;
  }
}

pages.post('/recipes/:id/ratings', async (c) => {
  const form = await c.req.parseBody();
  const result = await rateRecipe(c, form['stars']);
  switch (result.kind) {
    case 'rated':
      return c.redirect(`/recipes/${result.recipe}#rate`, 303);
    case 'invalid':
      return c.html(problemPage(c, 'That was no rating', `The ${result.problem}.`), 422);
    case 'no such recipe':
      return noRecipe(c);
  }
});

pages.post('/recipes', async (c) => {
  const fields = readFields(await c.req.parseBody());
  const checked = checkRecipe(fields);
  if (checked.kind === 'invalid') return formAgain(c, fields, checked.problems, 422);
  try {
    return c.redirect(`/recipes/${await addRecipe(c.var.db, checked.recipe)}`, 303);
  } catch (error) {
    if (!violates(error, 'unique')) throw error;
    return formAgain(c, fields, { title: 'That city has a recipe of this title already.' }, 409);
  }
});

const formAgain = (
  c: AppContext,
  fields: RecipeFields,
  problems: Problems,
  status: 409 | 422,
): Response | Promise<Response> => c.html(newRecipePage(c, fields, problems), status);

const noRecipe = (c: AppContext): Response | Promise<Response> =>
  c.html(problemPage(c, 'No such recipe', 'Nobody has written it down yet.'), 404);
