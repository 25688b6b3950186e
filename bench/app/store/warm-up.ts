import { commentsOn, latestElsewhere } from './comments.ts';
import { countInto, type Database } from './database.ts';
import type { Pool } from './pool.ts';
import { ratingOf, summariesOf } from './ratings.ts';
import { recipeById, recipesOfCity } from './recipes.ts';
import { likedBeside, searchRecipes } from './search.ts';

const anyone = { id: 0, tags: ['soup'] };

/** The statements of the pages that are asked for most. */
const statements: readonly ((db: Database) => Promise<unknown>)[] = [
  (db) => searchRecipes(db, 'soup', 'cdg'),
  (db) => summariesOf(db, [1]),
  (db) => likedBeside(db, 'cdg', anyone),
  (db) => recipeById(db, 1),
  (db) => ratingOf(db, 1, ''),
  (db) => commentsOn(db, 1),
  (db) => recipesOfCity(db, 'cdg'),
  (db) => latestElsewhere(db, 'cdg'),
];

/**
 * Opens every connection of the pool and prepares the statements on each, so that visitors pay one round trip a query
 * from the start. As many copies of a statement at once as there are connections: each goes to one of its own.
 * `connected` is called when the database has answered for the first time.
 */
export async function warmUp(pool: Pool, connected: () => void): Promise<void> {
  const db = countInto(pool, { queries: 0, ms: 0 });
  for (const statement of statements) {
    const copies = Array.from({ length: pool.size }, () => statement(db).then(connected));
    await Promise.all(copies);
  }
}
