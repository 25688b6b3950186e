import { intArray, type Database } from './database.ts';
import type { RatingSummary } from './recipe.ts';

/** A visitor's rating; a new one has a new id, so that a stale read shows. */
export interface Rating {
  readonly id: string;
  readonly stars: number;
}

export type Rated = Rating & Omit<RatingSummary, 'recipe'>;

/** Rates a recipe, in place of the visitor's former rating. Rejects with a foreign key violation if there is no such recipe. */
export async function rate(
  db: Database,
  recipe: number,
  visitor: string,
  rating: Rating,
): Promise<Rated> {
  // The outer select sees the table as it was before, hence everybody else's ratings plus this one.
  const [rated] = await db.write(
    (sql) => sql<Rated[]>`
      with rated as (
        insert into ratings (recipe, visitor, id, stars)
        values (${recipe}, ${visitor}, ${rating.id}, ${rating.stars})
        on conflict (recipe, visitor)
          do update set id = excluded.id, stars = excluded.stars, rated_at = now()
        returning recipe, visitor, id, stars
      )
      select rated.id, rated.stars, 1 + others.count as count,
        (rated.stars + others.sum)::float8 / (1 + others.count) as average
      from rated cross join lateral (
        select count(*)::int as count, coalesce(sum(stars), 0)::int as sum
        from ratings where recipe = rated.recipe and visitor <> rated.visitor
      ) others`,
  );
  if (rated === undefined) throw new Error('the rating was not returned');
  return rated;
}

/** What this visitor said; undefined if nothing. */
export async function ratingOf(
  db: Database,
  recipe: number,
  visitor: string,
): Promise<Rating | undefined> {
  const [rating] = await db.read(
    (sql) => sql<Rating[]>`
      select id, stars from ratings where recipe = ${recipe} and visitor = ${visitor}`,
  );
  return rating;
}

/** Recipes that nobody has rated are absent. */
export function summariesOf(db: Database, recipes: readonly number[]): Promise<RatingSummary[]> {
  return db.read(
    (sql) => sql<RatingSummary[]>`
      select recipe, avg(stars)::float8 as average, count(*)::int as count
      from ratings where recipe = any (${intArray(recipes)}::text::int[])
      group by recipe`,
  );
}

/** How many gave one star, two stars, … five; absent where nobody did. */
export function spreadOf(
  db: Database,
  recipe: number,
): Promise<{ stars: number; count: number }[]> {
  return db.read(
    (sql) => sql<{ stars: number; count: number }[]>`
      select stars, count(*)::int as count from ratings where recipe = ${recipe}
      group by stars order by stars`,
  );
}
