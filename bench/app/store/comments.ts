import type { Database } from './database.ts';
import type { Comment } from './recipe.ts';

/** The latest comments on a recipe. */
export function commentsOn(db: Database, recipe: number): Promise<Comment[]> {
  return db.read(
    (sql) => sql<Comment[]>`
      select recipe, name, body from comments where recipe = ${recipe}
      order by created_at desc limit 8`,
  );
}

export type TitledComment = Comment & { readonly title: string; readonly city: string };

/** The latest comments anywhere outside a city, with what they are about. */
export function latestElsewhere(db: Database, city: string): Promise<TitledComment[]> {
  return db.read(
    (sql) => sql<TitledComment[]>`
      select c.recipe, c.name, c.body, r.title, r.city
      from comments c join recipes r on r.id = c.recipe
      where r.city <> ${city}
      order by c.created_at desc limit 6`,
  );
}
