import type { NewRecipe } from '../recipes/compose.ts';
import type { Database } from './database.ts';
import type { FullRecipe, RatedCard } from './recipe.ts';

/** Recipes of a city, best rated first. */
export function recipesOfCity(db: Database, city: string): Promise<RatedCard[]> {
  return db.read(
    (sql) => sql<RatedCard[]>`
      select r.id, r.title, r.city, r.summary, r.minutes, r.difficulty, r.author,
        r.tags, s.average, s.count
      from recipes r cross join lateral (
        select coalesce(avg(stars), 0)::float8 as average, count(*)::int as count
        from ratings where recipe = r.id
      ) s
      where r.city = ${city}
      order by s.average desc, s.count desc, r.id
      limit 12`,
  );
}

/** A recipe with what visitors think of it; undefined if there is none. */
export async function recipeById(db: Database, id: number): Promise<FullRecipe | undefined> {
  const [found] = await db.read(
    (sql) => sql<FullRecipe[]>`
      select r.id, r.title, r.city, r.summary, r.minutes, r.servings, r.difficulty, r.author,
        r.ingredients, r.steps, r.tags, s.average, s.count
      from recipes r cross join lateral (
        select coalesce(avg(stars), 0)::float8 as average, count(*)::int as count
        from ratings where recipe = r.id
      ) s
      where r.id = ${id}`,
  );
  return found;
}

/** Adds a recipe and gives its number. Rejects with a unique violation if its city has one of that title. */
export async function addRecipe(db: Database, recipe: NewRecipe): Promise<number> {
  const [added] = await db.write(
    (sql) => sql<{ id: number }[]>`
      insert into recipes
        (title, city, summary, minutes, servings, difficulty, ingredients, steps, tags, author)
      select title, city, summary, minutes, servings, difficulty, ingredients, steps, tags, author
      from jsonb_to_record(${JSON.stringify(recipe)}::text::jsonb) as r (
        title text, city text, summary text, minutes int, servings int, difficulty text,
        ingredients jsonb, steps jsonb, tags jsonb, author text)
      returning id`,
  );
  if (added === undefined) throw new Error('the recipe was not returned');
  return added.id;
}
