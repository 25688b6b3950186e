import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startFakeFly } from '../../providers/fake/index.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { startBench } from '../support/bench.ts';
import { benchHere } from '../support/bench-here.ts';
import { writeSyntheticRun } from '../support/synthetic-run.ts';

let root = '';
let server: Server;
let url = '';
let visits: string[] = [];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'attack-gate-'));
  server = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.end('ok');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(root, { recursive: true });
});
beforeEach(() => (visits = []));

const scriptThatVisits = (path: string) =>
  `import http from 'k6/http'; export default () => { http.get(__ENV.TARGET_URL + '/${path}?as=' + (__ENV.WHO ?? '')); };\n`;

type Change = (manifest: Manifest) => object;

/** A run whose second target looks slower, so that a gate measures it again; its manifest says what an attacker wants. */
async function hostileRun(change: Change): Promise<string> {
  const made = await mkdtemp(join(root, 'run-'));
  const dir = await writeSyntheticRun(join(made, 'run'), {
    ...{ targets: ['pinned', 'twin'], vantages: ['cdg', 'ord'], perBlock: 25 },
    slower: { 'twin@ord': 1.3 },
  });
  const file = join(dir, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  await writeFile(file, JSON.stringify({ ...manifest, ...change(manifest) }));
  return dir;
}

const gateArgs = async (dir: string, more: readonly string[]) => {
  const config = join(dir, '..', 'own.toml');
  await writeFile(config, '');
  return ['gate', dir, '--config', config, '--baseline-target', 'pinned', ...more];
};
const gate = async (dir: string, more: readonly string[] = [], env: NodeJS.ProcessEnv = {}) =>
  benchHere(await gateArgs(dir, more), env);
const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

const toUrls: Change = ({ plan }) => ({
  plan: {
    ...plan,
    targets: plan.targets.map(({ name }) => ({ kind: 'url', name, url: `${url}/secret-hook` })),
  },
});
const withScenario =
  (scenario: object): Change =>
  ({ plan }) => ({
    plan: { ...plan, scenarios: plan.scenarios.map((one) => ({ ...one, ...scenario })) },
  });

/** What bundling and running it would leave. */
async function evilScript(name: string): Promise<string> {
  const file = join(root, name);
  await writeFile(
    file,
    `import http from 'k6/http'; export default () => { http.get('${url}/stolen'); };\n`,
  );
  return file;
}

describe('a run folder that names', () => {
  test('a script of its own: it is never run, and the first verdict stays', async () => {
    const file = await evilScript('evil.js');
    const dir = await hostileRun((manifest) => {
      const changed = { ...manifest, ...toUrls(manifest) };
      return { ...changed, ...withScenario({ own: true, file })(changed) };
    });
    const { code, stdout } = await gate(dir, ['--yes']);
    expect(code).toBe(5);
    expect(flat(stdout)).toContain('a script that a run folder names is never run');
    expect(flat(stdout)).toContain('--script FILE');
    expect(flat(stdout)).toContain('looks slower');
    expect(visits).toEqual([]);
    expect(existsSync(`${dir}-confirmation`)).toBe(false);
  });

  test('a file of its own for a workload that ships: what ships is run', async () => {
    const file = await evilScript('evil2.js');
    const dir = await hostileRun((manifest) => {
      const changed = { ...manifest, ...toUrls(manifest) };
      return { ...changed, ...withScenario({ file })(changed) };
    });
    const running = await startBench(await gateArgs(dir, ['--yes']));
    await expect.poll(() => visits.length).toBeGreaterThan(0);
    running.child.kill('SIGINT');
    const { code, stderr } = await running.ended;
    expect(code).toBe(130);
    // What is visited with consent is said all the same.
    expect(flat(stderr)).toContain(`only the run folder names: pinned (${url}/secret-hook)`);
    expect(visits.filter((path) => !path.startsWith('/secret-hook/search?q='))).toEqual([]);
  });

  test('addresses: they get no request until the user names them or agrees', async () => {
    const dir = await hostileRun(toUrls);
    const { code, stdout } = await gate(dir);
    expect(code).toBe(5);
    expect(flat(stdout)).toContain(`only the run folder names: pinned (${url}/secret-hook)`);
    expect(flat(stdout)).toMatch(/about \d+ requests in \d+ s/);
    expect(flat(stdout)).toContain('--target name=URL');
    const other = await gate(dir, ['--target', 'twin=http://127.0.0.1:1/']);
    expect(other.code).toBe(5);
    expect(flat(other.stdout)).toContain('twin is http://127.0.0.1:1/ now, and was');
    expect(visits).toEqual([]);
  });

  const odd: readonly (readonly [string, Change, RegExp])[] = [
    ['a file as a URL', toTargets({ kind: 'url', url: 'file:///etc/passwd' }), /URL/],
    ['a topology like a path', toTargets({ kind: 'topology', copyOf: '../x' }), /topology/],
    [
      'a region like a path',
      ({ plan }) => ({ plan: { ...plan, primary: '../../x' } }),
      /region is called/,
    ],
    ['more load than any run', ({ plan }) => ({ plan: { ...plan, rate: 100_000 } }), /a rate of/],
    ['endless blocks', longBlocks, /a block of hours/],
    ['distances of hours', ({ rtt }) => ({ rtt: slowed(rtt) }), /beyond 2000 ms/],
    [
      'settings that are no numbers',
      withScenario({ env: { QUERIES: '1&x=$(id)' } }),
      /QUERIES is "1&x=/,
    ],
  ];
  test.each(odd)('%s: refused', async (_, change, why) => {
    const { code, stdout } = await gate(await hostileRun(change), ['--yes']);
    expect(code).toBe(5);
    expect(flat(stdout)).toMatch(why);
    expect(flat(stdout)).toContain('none that bench makes');
    expect(visits).toEqual([]);
  });

  test('accounts: no machine is rented under names that only the folder has', async () => {
    const fake = await startFakeFly();
    try {
      const dir = await hostileRun((manifest) => ({
        ...toUrls(manifest),
        provider: 'fly',
        fly: { app: 'not-yours', org: 'other-org', size: 'performance-2x' },
      }));
      const env = { FLY_FLAPS_BASE_URL: fake.url, FLY_API_TOKEN: fake.token };
      const named = ['pinned', 'twin'].flatMap((name) => [
        '--target',
        `${name}=${url}/secret-hook`,
      ]);
      const { code, stdout } = await gate(dir, named, env);
      expect(code).toBe(5);
      expect(flat(stdout)).toContain('the Fly app not-yours, the organisation other-org');
      expect(fake.requests).toEqual([]);
    } finally {
      await fake.close();
    }
  });
});

test('the script that the user names is run, with what they give it, and the difference is known', async () => {
  const [mine, theirs] = [join(root, 'mine.js'), join(root, 'theirs.js')];
  await writeFile(mine, scriptThatVisits('mine'));
  await writeFile(theirs, scriptThatVisits('theirs'));
  const dir = await hostileRun((manifest) => ({
    ...toUrls(manifest),
    plan: {
      ...(toUrls(manifest) as Pick<Manifest, 'plan'>).plan,
      scenarios: manifest.plan.scenarios.map((one) => ({
        ...{ ...one, own: true, file: theirs, env: { WHO: 'attacker' } },
      })),
    },
    scripts: { search: { sha256: '0'.repeat(64) } },
  }));
  const named = [
    ...['--script', mine],
    ...['pinned', 'twin'].flatMap((name) => ['--target', `${name}=${url}/secret-hook`]),
  ];
  const without = await gate(dir, named);
  expect(flat(without.stdout)).toContain('Give it again: --env WHO=…');
  expect(visits).toEqual([]);
  const running = await startBench(await gateArgs(dir, [...named, '--env', 'WHO=me']));
  await expect.poll(() => visits.length).toBeGreaterThan(1);
  const partial = join(`${dir}-confirmation.partial`, 'manifest.json');
  const { scripts } = JSON.parse(await readFile(partial, 'utf8')) as Manifest;
  expect(scripts?.['search']?.sha256).toMatch(/^[0-9a-f]{64}$/);
  running.child.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
  expect(new Set(visits)).toEqual(new Set(['/secret-hook/mine?as=me']));
});

function toTargets(target: object): Change {
  return ({ plan }) => ({
    plan: { ...plan, targets: plan.targets.map(({ name }) => ({ name, ...target })) },
  });
}

function longBlocks({ plan }: Manifest): object {
  return { plan: { ...plan, blocks: plan.blocks.map((b) => ({ ...b, keepMs: 1e10 })) } };
}

const slowed = (rtt: Manifest['rtt']): object =>
  Object.fromEntries(Object.entries(rtt).map(([pair, one]) => [pair, { ...one, ms: 1e7 }]));
