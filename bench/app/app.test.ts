import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { regions } from '../world/regions.ts';
import {
  startApp,
  startDatabases,
  urlOf,
  type TestApp,
  type TestDatabases,
} from '../test/support/app-world.ts';

let databases: TestDatabases;
let app: TestApp;

const env = () => ({
  DATABASE_URL: databases.primary.url,
  FLY_REGION: 'ord',
  PRIMARY_REGION: 'ord',
  FLY_MACHINE_ID: '3d8d5a2f',
});

beforeAll(async () => {
  databases = await startDatabases();
  app = await startApp(env());
});

afterAll(async () => {
  await app.stop();
  await databases.stop();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(app.url + path, { redirect: 'manual', headers });

const text = async (path: string, headers: Record<string, string> = {}) =>
  (await get(path, headers)).text();

const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(app.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: new URLSearchParams(fields),
  });

describe('every answer', () => {
  test.each([
    ['/', 2],
    ['/search?q=lemon', 3],
    ['/search?q=lemon&queries=1', 1],
    ['/search?q=lemon&queries=20', 20],
    ['/search?q=lemon&queries=99', 20],
    ['/search?q=lemon&queries=x', 3],
    ['/search?q=zzzzz&queries=7', 7],
    ['/search', 3],
    ['/recipes/1', 3],
    ['/api/search?q=rice&queries=5', 5],
    ['/api/recipes/1', 3],
    ['/api/recipes/1/hit', 1],
    ['/healthz', 0],
    ['/api/where', 0],
  ])('%s says where it was made and that it took %i queries', async (path, queries) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('fly-region')).toBe('ord');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('server-timing')).toMatch(
      new RegExp(`^app;dur=[\\d.]+, db;dur=[\\d.]+;desc="${queries} queries", cache;desc=none$`),
    );
  });
});

describe('the visitor’s city', () => {
  test.each([...regions.values()].map(({ code }) => code))('%s has a kitchen', async (region) => {
    const where = (await (await get('/api/where', { 'fly-region': region })).json()) as {
      accepted: string;
      served: string;
      city: string;
    };
    expect([where.accepted, where.served]).toEqual([region, 'ord']);
    const page = await text('/', { 'fly-region': region });
    expect(page).toContain(`Hello ${where.city},`);
    expect(regions.get(region)?.city.normalize('NFD').replace(/\p{M}/gu, '')).toContain(
      where.city.normalize('NFD').replace(/\p{M}/gu, ''),
    );
  });

  test('is where the app runs if nobody says, or says nonsense', async () => {
    expect(await text('/')).toContain('Hello Chicago,');
    expect(await text('/', { 'fly-region': 'xxx' })).toContain('Hello Chicago,');
  });

  test('comes first among the results', async () => {
    const search = async (region: string) => {
      const answer = await get('/api/search?q=fish', { 'fly-region': region });
      const { found, liked } = (await answer.json()) as Record<string, { city: string }[]>;
      return { first: found?.[0]?.city, liked: new Set(liked?.map(({ city }) => city)) };
    };
    expect(await search('nrt')).toEqual({ first: 'nrt', liked: new Set(['nrt']) });
    expect(await search('lhr')).toEqual({ first: 'lhr', liked: new Set(['lhr']) });
  });
});

describe('search', () => {
  test('finds other forms of a word, in titles, ingredients and tags', async () => {
    const titles = async (q: string) => {
      const answer = await get(`/api/search?q=${encodeURIComponent(q)}`, { 'fly-region': 'cdg' });
      return ((await answer.json()) as { found: { title: string }[] }).found.map((r) => r.title);
    };
    expect(await titles('madeleine')).toContain('Madeleines');
    expect(await titles('"pearl onions" wine')).toContain('Coq au vin');
    expect(await titles('vegetarian soup')).not.toEqual([]);
    expect(await titles('soup -soup')).toEqual([]);
  });

  test.each(["'; drop table recipes; --", '<script>alert(1)</script>', '"', '\0', '🍲', ':*&|!('])(
    'survives %j and shows it harmlessly',
    async (words) => {
      const answer = await get(`/search?q=${encodeURIComponent(words)}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toContain('<script>');
    },
  );
});

describe('ratings', () => {
  test('a form rates once, replaces the former rating, and shows on the page', async () => {
    const first = await post('/recipes/2/ratings', { stars: '2' });
    expect([first.status, first.headers.get('location')]).toEqual([303, '/recipes/2#rate']);
    const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const visitor = cookie.replace('visitor=', '');
    await post('/recipes/2/ratings', { stars: '5' }, { cookie });
    const rows = await databases.primary.sql`
      select stars from ratings where recipe = 2 and visitor = ${visitor}`;
    expect(rows.map((row) => row['stars'] as number)).toEqual([5]);
    const page = await text('/recipes/2', { cookie });
    expect(page).toContain('Your rating');
    expect(page.match(/class="on"/g)).toHaveLength(5);
  });

  test('JSON gives the new id and the new average, and the next read shows that very id', async () => {
    const headers = { 'x-visitor': 'v1', 'content-type': 'application/json' };
    const rate = async (stars: number) => {
      const body = JSON.stringify({ stars });
      const answer = await fetch(`${app.url}/api/recipes/3/ratings`, {
        method: 'POST',
        headers,
        body,
      });
      return (await answer.json()) as { id: string; stars: number; count: number; average: number };
    };
    const first = await rate(1);
    const second = await rate(4);
    expect(second.id).not.toBe(first.id);
    expect(second.count).toBe(first.count);
    const read = (await (await get('/api/recipes/3', headers)).json()) as typeof second & {
      yours: unknown;
    };
    expect(read.yours).toEqual({ id: second.id, stars: 4 });
    expect([read.count, read.average]).toEqual([second.count, second.average]);
    const [truth] = await databases.primary.sql`
      select count(*)::int as count, avg(stars)::float8 as average from ratings where recipe = 3`;
    expect(truth).toEqual({ count: second.count, average: second.average });
  });

  test.each(['0', '6', '2.5', 'many', ''])('%j stars are refused', async (stars) => {
    expect((await post('/recipes/2/ratings', { stars })).status).toBe(422);
  });
});

describe('a new recipe', () => {
  const fields = {
    title: 'Midnight <toast>',
    summary: 'Bread, heat and attention & patience.',
    city: 'lhr',
    minutes: '5',
    servings: '1',
    difficulty: 'easy',
    ingredients: 'bread, 1 slice\r\nmarmitespread, a scrape',
    steps: 'Toast.\r\nSpread.',
    tags: 'Quick, night, quick',
    author: 'A. Tester',
  };

  test('is added, shown with what was written, and found', async () => {
    const added = await post('/recipes', fields);
    expect(added.status).toBe(303);
    const page = await text(added.headers.get('location') ?? '');
    expect(page).toContain('Midnight &lt;toast&gt;');
    expect(page).toContain('a scrape');
    const found = (await (await get('/api/search?q=marmitespread')).json()) as {
      found: { tags: string[] }[];
    };
    expect(found.found.map(({ tags }) => tags)).toEqual([['quick', 'night']]);
    const twice = await post('/recipes', fields);
    expect(twice.status).toBe(409);
    expect(await twice.text()).toContain('has a recipe of this title already');
  });

  test('that is not complete comes back with every problem and what was typed', async () => {
    const answer = await post('/recipes', { ...fields, title: 'x', minutes: '-1', steps: '' });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page.match(/aria-invalid="true"/g)).toHaveLength(3);
    expect(page).toContain('marmitespread, a scrape');
  });
});

describe('the database', () => {
  test('costs exactly one round trip a query on a warm connection', async () => {
    const proxy = await countingProxy(databases.primary.port);
    const far = await startApp({ ...env(), DATABASE_URL: urlOf(proxy.port), DATABASE_POOL: '1' });
    onTestFinished(async () => {
      await far.stop();
    });
    const turnsOf = async (path: string, request?: RequestInit) => {
      await (await fetch(far.url + path, request)).arrayBuffer();
      const before = proxy.turns();
      await (await fetch(far.url + path, request)).arrayBuffer();
      return proxy.turns() - before;
    };
    // Until the app has warmed up, its own statements are counted too.
    const thrice = async () => [await turnsOf('/'), await turnsOf('/'), await turnsOf('/')];
    await expect.poll(thrice).toEqual([2, 2, 2]);
    expect(await turnsOf('/recipes/5')).toBe(3);
    expect(await turnsOf('/search?q=soup&queries=3')).toBe(3);
    expect(await turnsOf('/search?q=soup&queries=20')).toBe(20);
    const body = JSON.stringify({ stars: 3 });
    const headers = { 'content-type': 'application/json', 'x-visitor': 'turns' };
    expect(await turnsOf('/api/recipes/5/ratings', { method: 'POST', headers, body })).toBe(1);
    expect(await turnsOf('/api/recipes/5/hit')).toBe(1);
  });

  test('may drop every connection, again and again, without a visitor noticing', async () => {
    const burst = () => Promise.all(Array.from({ length: 20 }, () => get('/search?q=soup')));
    for (let drop = 0; drop < 8; drop++) {
      const before = burst();
      await databases.primary.sql`
        select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'recipes'`;
      const answers = [...(await before), ...(await burst())];
      expect(answers.map(({ status }) => status)).toEqual(Array<number>(40).fill(200));
    }
  });
});

test('SIGTERM ends an idle app at once, open connections or not', async () => {
  const other = await startApp(env());
  await (await fetch(other.url)).arrayBuffer();
  const { code, ms } = await other.stop('SIGTERM');
  expect(code).toBe(0);
  // It does not wait for the five seconds that open requests are given.
  expect(ms).toBeLessThan(4500);
  expect(other.output()).toMatch(/^ord: listening on 127\.0\.0\.1:\d+\n$/);
});

test('SIGTERM lets a request in work finish, and does not wait for the next on its connection', async () => {
  const other = await startApp(env());
  const { sql } = databases.primary;
  let answer: Promise<Response> | undefined;
  let stopped: ReturnType<typeof other.stop> | undefined;
  await sql.begin(async (tx) => {
    await tx`lock table hits`;
    answer = fetch(`${other.url}/api/recipes/9/hit`);
    const waiting = () => tx`select 1 from pg_stat_activity where wait_event_type = 'Lock'`;
    await expect.poll(async () => (await waiting()).length).toBe(1);
    stopped = other.stop('SIGTERM');
    const refused = () => fetch(`${other.url}/healthz`).then(String, () => 'refused');
    await expect.poll(refused).toBe('refused');
  });
  expect((await answer)?.status).toBe(200);
  const released = performance.now();
  expect((await stopped)?.code).toBe(0);
  expect(performance.now() - released).toBeLessThan(4500);
});

test('connections stay open longer than a load generator pauses', async () => {
  expect((await get('/healthz')).headers.get('keep-alive')).toBe('timeout=80');
});

/** Forwards to a port and counts how often the client spoke after the server had. */
async function countingProxy(to: number): Promise<{ port: number; turns: () => number }> {
  let turns = 0;
  const proxy = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    let last: 'client' | 'server' = 'server';
    near.on('data', () => {
      if (last === 'server') turns++;
      last = 'client';
    });
    far.on('data', () => (last = 'server'));
    near.pipe(far).on('error', () => near.destroy());
    far.pipe(near).on('error', () => far.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => void proxy.close());
  return { port: (proxy.address() as AddressInfo).port, turns: () => turns };
}
