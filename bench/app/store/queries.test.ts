import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDatabases, type TestDatabases } from '../../test/support/app-world.ts';
import { commentsOn, latestElsewhere } from './comments.ts';
import { countInto, type Database } from './database.ts';
import { countHit } from './hits.ts';
import { migrate } from './migrate.ts';
import { rate, ratingOf, spreadOf, summariesOf } from './ratings.ts';
import { recipeById, recipesOfCity } from './recipes.ts';
import { likedBeside, othersBy, searchRecipes, similarTo } from './search.ts';

let databases: TestDatabases;
let sql: postgres.Sql;
/** Every statement that was sent, with its parameters. */
const sent: { text: string; parameters: unknown[] }[] = [];

beforeAll(async () => {
  databases = await startDatabases();
  sql = postgres(databases.primary.url, {
    max: 1,
    fetch_types: false,
    debug: (_, text, parameters: unknown[]) => sent.push({ text, parameters: [...parameters] }),
  });
});

afterAll(async () => {
  await sql.end({ timeout: 1 });
  await databases.stop();
});

const recipe = { id: 67, tags: ['soup', 'one pot'] };

type Query = [name: string, index: string, run: (db: Database) => Promise<unknown>];

const queries: Query[] = [
  ['searchRecipes', 'recipes_search', (db) => searchRecipes(db, 'lemon chicken', 'syd')],
  ['likedBeside', 'recipes_city_title_key', (db) => likedBeside(db, 'syd', recipe)],
  // Of tags that many recipes have, the first few by number are found sooner without it.
  ['similarTo', 'recipes_tags', (db) => similarTo(db, { id: 67, tags: ['preserve'] })],
  ['othersBy', 'recipes_author', (db) => othersBy(db, 'Camille Laurent', [67])],
  ['summariesOf', 'ratings_pkey', (db) => summariesOf(db, [1, 2, 3])],
  ['spreadOf', 'ratings_pkey', (db) => spreadOf(db, 67)],
  ['ratingOf', 'ratings_pkey', (db) => ratingOf(db, 67, 'seed-amara')],
  [
    'rate',
    'ratings_pkey',
    (db) => rate(db, 67, 'x', { id: '9f0b6a0e-6a64-4c39-8f5e-3d8f0e0f7c11', stars: 3 }),
  ],
  ['commentsOn', 'comments_recipe', (db) => commentsOn(db, 67)],
  ['latestElsewhere', 'comments_latest', (db) => latestElsewhere(db, 'syd')],
  ['recipesOfCity', 'recipes_city_title_key', (db) => recipesOfCity(db, 'syd')],
  ['recipeById', 'recipes_pkey', (db) => recipeById(db, 67)],
  ['countHit', 'hits_pkey', (db) => countHit(db, 67)],
];

test.each(queries)(
  '%s is one statement that gives something, found by the index %s',
  async (_, index, run) => {
    sent.length = 0;
    const tally = { queries: 0, ms: 0 };
    const answer = await run(countInto({ current: () => sql, replace: () => undefined }, tally));
    expect(Array.isArray(answer) ? answer.length : answer).toBeTruthy();
    expect([tally.queries, sent.length]).toEqual([1, 1]);
    expect(tally.ms).toBeGreaterThan(0);
    const { text = '', parameters = [] } = sent[0] ?? {};
    // The tables are so small that scanning them would often be cheaper; is there another way?
    const plan = await databases.primary.sql.begin(async (tx) => {
      await tx`set local enable_seqscan = off`;
      const rows = await tx.unsafe(`explain ${text}`, parameters as string[]);
      return rows.map((row) => row['QUERY PLAN'] as string).join('\n');
    });
    expect(plan).toContain(index);
    expect(plan).not.toContain('Seq Scan');
  },
);

test('migrating again changes nothing', async () => {
  const count = async () => {
    const [row] = await databases.primary.sql`
      select (select count(*) from recipes)::int as recipes,
        (select count(*) from comments)::int as comments`;
    return row;
  };
  const before = await count();
  expect(before?.['recipes']).toBe(418);
  const twice = [migrate(databases.primary.url), migrate(databases.primary.url)];
  expect(await Promise.all(twice)).toEqual([{ seeded: 0 }, { seeded: 0 }]);
  expect(await count()).toEqual(before);
});
