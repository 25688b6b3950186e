import type { Database } from './database.ts';

/** Counts a visit of a recipe and gives the count: a read that writes, as many apps have one. */
export async function countHit(db: Database, recipe: number): Promise<number> {
  const [hit] = await db.write(
    (sql) => sql<{ count: number }[]>`
      insert into hits (recipe, count) values (${recipe}, 1)
      on conflict (recipe) do update set count = hits.count + 1
      returning count`,
  );
  return hit?.count ?? 0;
}
