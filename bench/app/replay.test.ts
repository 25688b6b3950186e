import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  caughtUp,
  startApp,
  startDatabases,
  urlOf,
  type TestApp,
  type TestDatabases,
} from '../test/support/app-world.ts';

/** The middleware and the app as they run on Fly: two real processes, a real primary and a real streaming replica. */
let databases: TestDatabases;
let paris: TestApp;
let sydney: TestApp;

beforeAll(async () => {
  databases = await startDatabases();
  const { primary, replica } = databases;
  const network = {
    'db.internal:5432': primary.port,
    'top1.nearest.of.db.internal:5433': replica.port,
  };
  const env = {
    DATABASE_URL: urlOf(5432).replace('127.0.0.1', 'db.internal'),
    PRIMARY_REGION: 'cdg',
    FLY_MACHINE_ID: 'm1',
    PRIVATE_NETWORK: JSON.stringify(network),
  };
  [paris, sydney] = await Promise.all([
    startApp({ ...env, FLY_REGION: 'cdg' }),
    startApp({ ...env, FLY_REGION: 'syd' }),
  ]);
});

afterAll(async () => {
  await Promise.all([paris.stop(), sydney.stop()]);
  await databases.stop();
});

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const ask = (app: TestApp, path: string, { headers, ...request }: Asked = {}) =>
  fetch(app.url + path, {
    redirect: 'manual',
    ...request,
    headers: { 'content-type': 'application/json', 'fly-region': 'syd', ...headers },
  });

/** A visit in Sydney through what Fly's proxy does: a replay runs the same request again where it says. */
async function visit(path: string, request: Asked = {}) {
  const first = await ask(sydney, path, request);
  const replay = first.headers.get('fly-replay');
  if (replay === null) return { states: [], answer: first };
  expect([first.status, await first.text()]).toEqual([409, '']);
  const state = /^region=cdg;state=(\w+)$/.exec(replay)?.[1] ?? replay;
  const source = `instance=m1;region=syd;t=1800000000000000;state=${state}`;
  const headers = { ...request.headers, 'fly-replay-src': source };
  const answer = await ask(paris, path, { ...request, headers });
  expect(answer.headers.get('fly-replay')).toBeNull();
  return { states: [state], answer };
}

const thresholdOf = (answer: Response): string | undefined =>
  answer.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('fly-replay-threshold='))
    ?.split(';')[0];

const rating = (visitor: string, stars: number): Asked => ({
  method: 'POST',
  headers: { 'x-visitor': visitor },
  body: JSON.stringify({ stars }),
});

const served = (answer: Response) => answer.headers.get('fly-region');

describe('reads', () => {
  test('are served by the region that received them, from its replica', async () => {
    const { states, answer } = await visit('/search?q=lemon');
    expect(states).toEqual([]);
    expect([answer.status, served(answer)]).toEqual([200, 'syd']);
    const connected = await databases.replica.sql`
      select 1 from pg_stat_activity where application_name = 'recipes'`;
    expect(connected.length).toBeGreaterThan(0);
  });
});

describe('writes', () => {
  test('run in the primary region, once and only once', async () => {
    const { states, answer } = await visit('/api/recipes/11/ratings', rating('once', 4));
    expect([states, answer.status, served(answer)]).toEqual([['http_method'], 201, 'cdg']);
    const rows = await databases.primary.sql`select stars from ratings where visitor = 'once'`;
    expect(rows.map((row) => row['stars'] as number)).toEqual([4]);
  });

  test('of every writing method are replayed before the app sees them', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await ask(sydney, '/nowhere', { method, body: '{}' });
      expect(answer.headers.get('fly-replay')).toBe('region=cdg;state=http_method');
      expect(answer.headers.get('server-timing')).toContain('"0 queries"');
    }
  });

  test('in the primary region are not replayed', async () => {
    const answer = await ask(paris, '/api/recipes/11/ratings', rating('direct', 2));
    expect([answer.status, answer.headers.get('fly-replay')]).toEqual([201, null]);
    expect(thresholdOf(answer)).toBeUndefined();
  });

  test('that come by a replay already are not sent on again', async () => {
    const { headers, ...request } = rating('loop', 1);
    const source = 'instance=m1;region=cdg;t=1;state=http_method';
    const answer = await ask(sydney, '/api/recipes/11/ratings', {
      ...request,
      headers: { ...headers, 'fly-replay-src': source },
    });
    expect([answer.status, answer.headers.get('fly-replay')]).toEqual([500, null]);
  });
});

describe('a GET that writes', () => {
  test.each(['/api/recipes/21/hit', '/recipes/22?hit=1'])(
    'fails on the replica, runs in the primary and counts once: %s',
    async (path) => {
      const recipe = Number(/\d+/.exec(path)?.[0]);
      const { states, answer } = await visit(path);
      expect([states, answer.status, served(answer)]).toEqual([['captured_write'], 200, 'cdg']);
      expect(answer.headers.get('server-timing')).toMatch(/, replay;desc=captured_write$/);
      const hits = await databases.primary.sql`select count from hits where recipe = ${recipe}`;
      expect(hits.map((hit) => hit['count'] as number)).toEqual([1]);
      expect(thresholdOf(answer)).toBeDefined();
    },
  );

  test('leaves nothing of the failed answer, and no word in the log', async () => {
    const answer = await ask(sydney, '/api/recipes/23/hit');
    expect(answer.headers.get('content-type')).toBeNull();
    expect(answer.headers.get('fly-region')).toBe('syd');
    expect(sydney.output()).not.toContain('/hit');
  });
});

describe('the threshold cookie', () => {
  test('lets a visitor read what was written while the replica is behind', async () => {
    await databases.replica.sql`select pg_wal_replay_pause()`;
    try {
      const written = await visit('/api/recipes/31/ratings', rating('reader', 5));
      const { id } = (await written.answer.json()) as { id: string };
      const cookie = thresholdOf(written.answer) ?? '';
      const read = async (headers: Record<string, string>) => {
        const { states, answer } = await visit('/api/recipes/31', {
          headers: { 'x-visitor': 'reader', ...headers },
        });
        const { yours } = (await answer.json()) as { yours: { id: string } | null };
        return { states, yours: yours?.id, again: thresholdOf(answer) };
      };
      expect(await read({ cookie })).toEqual({
        states: ['threshold'],
        yours: id,
        again: undefined,
      });
      expect(await read({})).toEqual({ states: [], yours: undefined, again: undefined });
    } finally {
      await databases.replica.sql`select pg_wal_replay_resume()`;
    }
    await caughtUp(databases);
    const later = await ask(sydney, '/api/recipes/31', { headers: { 'x-visitor': 'reader' } });
    expect(((await later.json()) as { yours: { stars: number } }).yours.stars).toBe(5);
  });

  test('lies five seconds ahead, and expires', async () => {
    const { answer } = await visit('/api/recipes/32/ratings', rating('clock', 3));
    const ahead = Number(thresholdOf(answer)?.split('=')[1]) - Date.now() / 1000;
    expect(ahead).toBeGreaterThan(2);
    expect(ahead).toBeLessThanOrEqual(5);
    const until = Date.now() / 1000 + 0.3;
    const headers = { cookie: `fly-replay-threshold=${until.toFixed(3)}` };
    let replays = 0;
    while ((await visit('/api/where', { headers })).states[0] === 'threshold') replays++;
    expect(Date.now() / 1000).toBeGreaterThanOrEqual(until);
    expect(replays).toBeGreaterThan(0);
  });
});

describe('other failures pass through', () => {
  test.each(['/nowhere', '/recipes/99999', '/api/recipes/99999', '/recipes/0'])(
    '404 %s',
    async (path) => {
      const { states, answer } = await visit(path);
      expect([states, answer.status, served(answer)]).toEqual([[], 404, 'syd']);
    },
  );

  test('an error of the database that is no refused write', async () => {
    await databases.primary.sql`alter table comments rename to remarks`;
    await caughtUp(databases);
    try {
      const { states, answer } = await visit('/api/recipes/41');
      expect([states, answer.status, served(answer)]).toEqual([[], 500, 'syd']);
      expect(await answer.json()).toEqual({ error: 'that went wrong' });
      expect(sydney.output()).toContain('GET /api/recipes/41: PostgresError');
    } finally {
      await databases.primary.sql`alter table remarks rename to comments`;
      await caughtUp(databases);
    }
    expect((await visit('/api/recipes/41')).answer.status).toBe(200);
  });

  test('validation, an unknown recipe and a unique violation are answered by the primary, once', async () => {
    const bad = await visit('/api/recipes/11/ratings', rating('bad', 9));
    expect([bad.states, bad.answer.status]).toEqual([['http_method'], 422]);
    const unknown = await visit('/api/recipes/99999/ratings', rating('bad', 3));
    expect(unknown.answer.status).toBe(404);
    const recipe = {
      title: 'Toast of the tests',
      summary: 'Bread, heat and attention.',
      city: 'syd',
      minutes: 5,
      servings: 1,
      difficulty: 'easy',
      ingredients: ['bread, 1 slice', 'butter, a little'],
      steps: ['Toast the bread.'],
      tags: [],
      author: 'A tester',
    };
    const add = () => visit('/api/recipes', { method: 'POST', body: JSON.stringify(recipe) });
    expect((await add()).answer.status).toBe(201);
    expect((await add()).answer.status).toBe(409);
    const rows = await databases.primary.sql`select 1 from recipes where title = ${recipe.title}`;
    expect(rows.length).toBe(1);
  });
});
