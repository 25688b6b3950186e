import type postgres from 'postgres';
import { connect } from './pool.ts';
import { schema } from './schema.ts';
import { makeSeed, type Seed } from './seed.ts';

/** Makes the tables, and fills them if they are empty; safe to run again, and at the same time twice. */
export async function migrate(url: string): Promise<{ seeded: number }> {
  const sql = connect(url, 1);
  try {
    const seeded = await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(20260411)`;
      await tx.unsafe(schema);
      const [existing] = await tx`select 1 from recipes limit 1`;
      return existing === undefined ? fill(tx, makeSeed()) : 0;
    });
    // Statistics for the planner, and a visibility map, without which no scan is by index only.
    if (seeded > 0) await sql`vacuum (analyze)`;
    return { seeded };
  } finally {
    await sql.end();
  }
}

/** One statement a table: its rows travel as one JSON document. */
async function fill(tx: postgres.TransactionSql, seed: Seed): Promise<number> {
  await tx`
    insert into recipes
      (id, title, city, summary, minutes, servings, difficulty, ingredients, steps, tags, author)
    select id, title, city, summary, minutes, servings, difficulty, ingredients, steps, tags, author
    from jsonb_to_recordset(${JSON.stringify(seed.recipes)}::text::jsonb) as r (
      id int, title text, city text, summary text, minutes int, servings int, difficulty text,
      ingredients jsonb, steps jsonb, tags jsonb, author text)`;
  await tx`select setval(pg_get_serial_sequence('recipes', 'id'), (select max(id) from recipes))`;
  await tx`
    insert into ratings (recipe, visitor, id, stars)
    select recipe, visitor, md5(recipe || visitor)::uuid, stars
    from jsonb_to_recordset(${JSON.stringify(seed.ratings)}::text::jsonb) as r (
      recipe int, visitor text, stars int)`;
  await tx`
    insert into comments (recipe, name, body, created_at)
    select recipe, name, body, now() - make_interval(mins => age)
    from jsonb_to_recordset(${JSON.stringify(seed.comments)}::text::jsonb) as r (
      recipe int, name text, body text, age int)`;
  return seed.recipes.length;
}
