import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { childEnvironment, type Purpose } from './child-environment.ts';
import { packageRoot } from './package-root.ts';

const purposes = ['tool', 'app', 'database', 'k6', 'go', 'browser', 'flyctl'] as const;

/** Who gets what; all purposes that are not named don't. */
const table: readonly (readonly [name: string, ...Purpose[]])[] = [
  ['PATH', ...purposes],
  ['LD_LIBRARY_PATH', ...purposes],
  ['HOME', 'tool', 'k6', 'go', 'browser', 'flyctl'],
  ['XDG_CACHE_HOME', 'tool', 'k6', 'go', 'browser', 'flyctl'],
  ['TMPDIR', 'tool', 'k6', 'go', 'browser', 'flyctl'],
  ['LC_MESSAGES', 'tool', 'k6', 'go', 'browser', 'flyctl'],
  ['TZ', 'tool', 'k6', 'go', 'browser', 'flyctl'],
  ['SSL_CERT_FILE', 'k6', 'go', 'flyctl'],
  ['SSL_CERT_DIR', 'k6', 'go', 'flyctl'],
  ['HTTP_PROXY', 'go', 'flyctl'],
  ['https_proxy', 'go', 'flyctl'],
  ['NO_PROXY', 'go', 'flyctl'],
  ['ALL_PROXY', 'go', 'flyctl'],
  ['GOPROXY', 'go'],
  ['GOMAXPROCS', 'go'],
  ['GODEBUG'],
  ['GOFLAGS'],
  ['GOSUMDB'],
  ['GOINSECURE'],
  ['GONOSUMDB'],
  ['GOENV'],
  ['DISPLAY', 'browser'],
  ['K6_USER_AGENT'],
  ['K6_INSECURE_SKIP_TLS_VERIFY'],
  ['K6_CLOUD_TOKEN'],
  ['NODE_OPTIONS'],
  ['NODE_EXTRA_CA_CERTS'],
  ['LD_PRELOAD'],
  ['PGHOST'],
  ['DATABASE_URL'],
  ['PORT'],
  ['FLY_API_TOKEN', 'flyctl'],
  ['FLY_FLAPS_BASE_URL', 'flyctl'],
  ['DOCKER_HOST', 'flyctl'],
  ['FLY_APP'],
  ['FLY_REGION'],
  ['AWS_SECRET_ACCESS_KEY'],
  ['GITHUB_TOKEN'],
  ['BENCH_SEED'],
  ['path'],
];

test.each(table)('%s reaches %s', (name, ...reached) => {
  const gets = purposes.filter((purpose) => name in childEnvironment(purpose, {}, { [name]: 'x' }));
  expect(gets).toEqual(purposes.filter((purpose) => reached.includes(purpose)));
});

test('what a child is given is there as given, whatever this process has, and nothing is made up', () => {
  const environment = fc.dictionary(fc.string(), fc.option(fc.string(), { nil: undefined }));
  fc.assert(
    fc.property(fc.constantFrom(...purposes), environment, environment, (purpose, own, from) => {
      const child = childEnvironment(purpose, own, from);
      // Own entries: a name like valueOf would find the prototype's.
      const given = new Map(Object.entries(child));
      const [asked, here] = [new Map(Object.entries(own)), new Map(Object.entries(from))];
      for (const [name, value] of asked) expect(given.get(name)).toBe(value);
      for (const [name, value] of given) expect([asked.get(name), here.get(name)]).toContain(value);
    }),
    { examples: [['tool', { valueOf: undefined }, {}]] },
  );
});

test('no child is started without an environment that was built for it', () => {
  const folder = join(packageRoot(), 'bench');
  const starting = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|^test\/|^providers\/fake\//.test(file))
    .map((file) => ({ file, source: readFileSync(join(folder, file), 'utf8') }))
    .filter(({ source }) =>
      /import \{[^}]*\b(spawn|fork|exec)\w*\b[^}]*\} from 'node:child_process'/.test(source),
    );
  const bare = starting.filter(({ source }) => !/childEnvironment\(|asUser\(|\benv\b/.test(source));
  expect(starting.length).toBeGreaterThan(10);
  // A child of the network process, whose own environment was built.
  expect(bare.map(({ file }) => file)).toEqual(['providers/local/network/come-first.ts']);
});

test('nor is one by a library or as a thread', () => {
  const folder = join(packageRoot(), 'bench');
  const starting = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|^test\/|^providers\/fake\//.test(file))
    .map((file) => ({ file, source: readFileSync(join(folder, file), 'utf8') }))
    .filter(({ source }) => /import\('(esbuild|open)'\)|new Worker\(/.test(source));
  const bare = starting.filter(
    ({ source }) => !/childEnvironment\(|withCleanEnvironment\(/.test(source),
  );
  expect(starting.length).toBeGreaterThan(3);
  // A thread of the network process, whose own environment was built.
  expect(bare.map(({ file }) => file)).toEqual(['providers/local/network/alarm.ts']);
});
