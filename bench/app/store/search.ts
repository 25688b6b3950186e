import { intArray, type Database } from './database.ts';
import type { RatedCard, RecipeCard } from './recipe.ts';

/** Recipes that match the words, those of the city first; `words` as typed into a search engine. */
export function searchRecipes(db: Database, words: string, city: string): Promise<RecipeCard[]> {
  return db.read(
    (sql) => sql<RecipeCard[]>`
      select r.id, r.title, r.city, r.summary, r.minutes, r.difficulty, r.author, r.tags
      from recipes r, websearch_to_tsquery('english', ${words}) as query
      where r.search @@ query
      order by (r.city = ${city}) desc, ts_rank_cd(r.search, query) desc, r.id
      limit 12`,
  );
}

/** What people in the city like beside a recipe: its dishes that share most tags with it, then the best rated. */
export function likedBeside(
  db: Database,
  city: string,
  recipe: { readonly id: number; readonly tags: readonly string[] },
): Promise<RatedCard[]> {
  return db.read(
    (sql) => sql<RatedCard[]>`
      select r.id, r.title, r.city, r.summary, r.minutes, r.difficulty, r.author,
        r.tags, s.average, s.count
      from recipes r
      cross join lateral (
        select coalesce(avg(stars), 0)::float8 as average, count(*)::int as count
        from ratings where recipe = r.id
      ) s
      cross join lateral (
        select count(*) as shared from jsonb_array_elements_text(r.tags) tag
        where ${JSON.stringify(recipe.tags)}::text::jsonb ? tag
      ) t
      where r.city = ${city} and r.id <> ${recipe.id}
      order by t.shared desc, s.average desc, r.id
      limit 3`,
  );
}

/** Recipes anywhere that have all of the first two tags of a recipe. */
export function similarTo(
  db: Database,
  recipe: { readonly id: number; readonly tags: readonly string[] },
): Promise<RecipeCard[]> {
  return db.read(
    (sql) => sql<RecipeCard[]>`
      select id, title, city, summary, minutes, difficulty, author, tags
      from recipes
      where tags @> ${JSON.stringify(recipe.tags.slice(0, 2))}::text::jsonb
        and id <> ${recipe.id}
      order by id limit 3`,
  );
}

/** Other recipes by the same author. */
export function othersBy(
  db: Database,
  author: string,
  except: readonly number[],
): Promise<RecipeCard[]> {
  return db.read(
    (sql) => sql<RecipeCard[]>`
      select id, title, city, summary, minutes, difficulty, author, tags
      from recipes
      where author = ${author} and id <> all (${intArray(except)}::text::int[])
      order by id limit 3`,
  );
}
