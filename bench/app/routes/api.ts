import { Hono } from 'hono';
import { acceptedIn, recipeId, visitorCity, type AppContext, type AppEnv } from '../context.ts';
import { checkRecipe, readFields } from '../new-recipe.ts';
import { violates } from '../store/database.ts';
import { countHit } from '../store/hits.ts';
import { addRecipe } from '../store/recipes.ts';
import { searchPage } from '../store/search-page.ts';
import { rateRecipe } from './rating.ts';
import { viewRecipe } from './recipe-view.ts';
import { searchInput } from './search-input.ts';

/** The same for programs, as JSON; mounted at `/api`. */
export const api = new Hono<AppEnv>();

api.get('/where', (c) => {
  const { region, machine, primary } = c.var.settings;
  return c.json({
    accepted: acceptedIn(c) ?? region,
    served: region,
    machine,
    primary,
    city: visitorCity(c).name,
  });
});

api.get('/search', async (c) => {
  const { words, queries } = searchInput(c);
  const city = visitorCity(c).region;
  const page = await searchPage(c.var.db, words, city, queries);
  return c.json({ q: words, city, queries, ...page });
});

api.get('/recipes/:id', async (c) => {
  const id = recipeId(c);
  const view = id === undefined ? undefined : await viewRecipe(c, id);
  if (view === undefined) return noRecipe(c);
  return c.json({ ...view.recipe, yours: view.yours ?? null, comments: view.comments });
});

api.get('/recipes/:id/hit', async (c) => {
  const id = recipeId(c);
  if (id === undefined) return noRecipe(c);
  try {
    return c.json({ recipe: id, count: await countHit(c.var.db, id) });
  } catch (error) {
    if (violates(error, 'foreign key')) return noRecipe(c);
    throw error;
  }
});

api.post('/recipes/:id/ratings', async (c) => {
  const { stars } = await jsonBody(c);
  const result = await rateRecipe(c, stars);
  switch (result.kind) {
    case 'rated':
      return c.json(result.rating, 201);
    case 'invalid':
      return c.json({ error: result.problem }, 422);
    case 'no such recipe':
      return noRecipe(c);
  }
});

api.post('/recipes', async (c) => {
  const checked = checkRecipe(readFields(await jsonBody(c)));
  if (checked.kind === 'invalid')
    return c.json({ error: 'some fields are not right', problems: checked.problems }, 422);
  try {
    return c.json({ id: await addRecipe(c.var.db, checked.recipe) }, 201);
  } catch (error) {
    if (!violates(error, 'unique')) throw error;
    return c.json({ error: 'that city has a recipe of this title already' }, 409);
  }
});

const noRecipe = (c: AppContext): Response => c.json({ error: 'no such recipe' }, 404);

/** The body as an object; empty if it is none, so that validation says what is missing. */
async function jsonBody(c: AppContext): Promise<Record<string, unknown>> {
  const body: unknown = await c.req.json().catch(() => ({}));
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
