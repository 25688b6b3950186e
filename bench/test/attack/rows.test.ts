import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { appendFileSync, symlinkSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGzip, gunzipSync, gzipSync } from 'node:zlib';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readSamples } from '../../k6/output.ts';
import { openRun } from '../../samples/open-run.ts';
import { files } from '../../samples/run-folder.ts';
import { startBench } from '../support/bench.ts';
import { benchHere } from '../support/bench-here.ts';
import { writeSyntheticRun } from '../support/synthetic-run.ts';

/* Folders whose files are hostile or damaged: each is refused or read with what is wrong said, soon, in little memory. */
let root: string;
let whole: string;
let dir: string;
let n = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rows-'));
  whole = await writeSyntheticRun(join(root, 'whole'), {
    ...{ rounds: 6, perBlock: 20, vantages: ['cdg', 'ord'], linkOff: [1] },
  });
});
beforeEach(async () => {
  dir = join(root, `copy-${n++}`);
  await cp(whole, dir, { recursive: true });
});
afterAll(() => rm(root, { recursive: true, force: true }));

const at = (name: string) => join(dir, name);
const cdg = files.samples('cdg');
const header = 'metric_name,timestamp,metric_value,error_code,status,extra_tags,metadata\n';
const report = () => benchHere(['report', dir, '--format', 'json']);
type Json = Record<string, unknown>;
async function change(name: string, act: (json: Json) => unknown): Promise<void> {
  const json = JSON.parse(await readFile(at(name), 'utf8')) as Json;
  await writeFile(at(name), JSON.stringify(act(json)));
}
const plan = (more: Json) => (json: Json) => ({
  ...json,
  plan: { ...(json['plan'] as Json), ...more },
});

describe('in place of a file', () => {
  const places = [files.manifest, files.outcomes, files.links, files.lag, cdg];
  const others: Record<string, (file: string) => unknown> = {
    'a pipe': (file) => execFileSync('mkfifo', [file]),
    'a device': (file) => {
      symlinkSync('/dev/zero', file);
    },
    'a folder': (file) => mkdir(file),
    'a socket': (file) =>
      new Promise<void>((resolve) => {
        const server = createServer();
        server.listen(file, () => {
          // What is left of it when it closes is removed: it stays open until the tests end.
          server.unref();
          resolve();
        });
      }),
  };
  const cases = places.flatMap((place) =>
    Object.keys(others).map((what) => [what, place] as const),
  );
  test.each(cases)('%s as %s is refused at once', async (what, place) => {
    await rm(at(place), { force: true });
    await others[what]?.(at(place));
    const { code, stderr } = await report();
    expect(stderr).toContain(`${place} is ${what}, not a file`);
    expect(code).toBe(2);
  });

  test('a pipe as the file of settings or of the accepted runs is refused too', async () => {
    execFileSync('mkfifo', [at('baseline.json'), at('bench.toml')]);
    const compared = await benchHere(['compare', dir]);
    expect(compared).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is a pipe') as string,
    });
    const gated = await benchHere(['gate', whole, '--config', at('bench.toml')]);
    expect(gated).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is a pipe') as string,
    });
  });
});

describe('numbers and counts', () => {
  const link = { when: 'before', atIso: '2026-11-21T12:40:05Z', links: Array(20_000).fill({}) };
  test.each<[string, string, (json: Json) => unknown]>([
    ['a milliard rounds', 'plan.rounds', plan({ rounds: 1e9 })],
    ['a hundred thousand targets', 'plan.targets', plan({ targets: Array(1e5).fill({}) })],
    ['a vantage twice', 'plan.vantages', plan({ vantages: ['cdg', 'cdg'] })],
    ['a hundred thousand vantages', 'plan.vantages', plan({ vantages: Array(1e5).fill('a') })],
    [
      'more cells than anybody looks at',
      'plan',
      plan({
        targets: Array.from({ length: 200 }, (_, i) => ({ kind: 'url', name: String(i) })),
        vantages: Array.from({ length: 100 }, (_, i) => String(i)),
      }),
    ],
    ['half a character', 'plan.vantages.0', plan({ vantages: ['\ud800'] })],
    ['no rate', 'plan.rate', plan({ rate: 0 })],
    ['a long timeout', 'plan.requestTimeoutMs', plan({ requestTimeoutMs: 1e308 })],
    ['blocks of nothing', 'plan.blocks', plan({ blocks: Array(300_000).fill({}) })],
    ['a million parts', 'added', (json) => ({ ...json, added: Array(1e6).fill(1) })],
    [
      'endless warnings',
      'warnings',
      (json) => ({ ...json, warnings: Array(20_000).fill({ code: 'x' }) }),
    ],
    ['endless links', 'calibrations', (json) => ({ ...json, calibrations: [link] })],
    ['a day that is none', 'startedAtIso', (json) => ({ ...json, startedAtIso: '2026-99-99' })],
    [
      'the end of time',
      'startedAtIso',
      (json) => ({ ...json, startedAtIso: '+275760-09-13T00:00:00Z' }),
    ],
    ['a start after it', 'startAt', (json) => ({ ...json, startAt: 1e300 })],
    ['a name that every object has', 'plan.vantages.0', plan({ vantages: ['__proto__'] })],
    [
      'a warning without what it warns of',
      'warnings.0.rounds',
      (json) => ({ ...json, warnings: [{ code: 'link-off', from: 'a', to: 'b', wantedMs: 1 }] }),
    ],
    ['a name of a million characters', 'runId', (json) => ({ ...json, runId: 'a'.repeat(1e6) })],
  ])('%s are refused by name', async (_, where, act) => {
    await change(files.manifest, act);
    const { code, stderr } = await report();
    expect(stderr).toContain(`is damaged (${where}`);
    expect(code).toBe(2);
  });

  test.each<[string, (json: Json) => unknown]>([
    ['a million empty blocks', () => ({ blocks: Array(1e6).fill({}) })],
    [
      'an endless time',
      (json) => ({ blocks: [{ ...(json['blocks'] as Json[])[0], end_us: 1e300 }] }),
    ],
  ])('outcomes with %s count for nothing, which is said', async (_, act) => {
    await change(files.outcomes, act);
    await change(files.manifest, (json) => ({ ...json, startAt: undefined }));
    const { stdout } = await report();
    expect(stdout).toContain('outcomes.json is damaged (blocks.0');
  });

  test.each([
    ['an open end', () => '['.repeat(1_000_000)],
    [
      'a key of its own',
      (text: string) => `${text.trimEnd().slice(0, -1)},"x":${'['.repeat(500)}${']'.repeat(500)}}`,
    ],
  ])('JSON that lies deep within itself is refused: %s', async (_, make) => {
    await writeFile(at(files.manifest), make(await readFile(at(files.manifest), 'utf8')));
    expect(await report()).toMatchObject({ code: 2 });
  });

  test('a file larger than any of ours is not read', async () => {
    appendFileSync(at(files.manifest), ' '.repeat(33 * 2 ** 20));
    const { code, stderr } = await report();
    expect(stderr).toContain('is larger than the 32 MiB that are read');
    expect(code).toBe(2);
  });
});

describe('rows', () => {
  const sink = () => {
    const got = { samples: 0, extras: 0 };
    const count = (what: keyof typeof got) => () => {
      got[what]++;
    };
    return { got, sample: count('samples'), extra: count('extras') };
  };
  const rowsOf = async () => gunzipSync(await readFile(at(cdg))).toString();

  async function pack(...parts: (string | Buffer | [Buffer, number])[]): Promise<void> {
    const gzip = createGzip({ level: 9 });
    const file = createWriteStream(at(cdg));
    gzip.pipe(file);
    for (const part of parts) {
      const [bytes, times] = Array.isArray(part) ? part : [part, 1];
      for (let i = 0; i < times; i++) if (!gzip.write(bytes)) await once(gzip, 'drain');
    }
    gzip.end();
    await once(file, 'finish');
  }

  test.each([
    ['without an end', (rows: string) => rows + 'x'.repeat(5e7), { unreadable: 1 }],
    ['with one', (rows: string) => `${rows}${'x'.repeat(5e7)}\n`, { unreadable: 1 }],
    ['within a quote that never closes', (rows: string) => `${rows}"${'x\n'.repeat(4e4)}`, {}],
  ])('a line of many megabytes %s costs no more than its length', async (_, make, expected) => {
    const before = await readSamples(at(cdg), 'cdg', sink());
    await writeFile(at(cdg), gzipSync(make(await rowsOf()), { level: 1 }));
    const counted = sink();
    const read = await readSamples(at(cdg), 'cdg', counted);
    expect(counted.got.samples).toBe(before.requests);
    expect(read).toMatchObject(expected);
  });

  test('a damaged quote loses its own row, and what follows is read', async () => {
    const before = await readSamples(at(cdg), 'cdg', sink());
    const [head = '', ...rows] = (await rowsOf()).split('\n');
    const text = [head, 'server_app_ms,"1,2', ...rows].join('\n');
    for (const chunks of [1, 3]) {
      await writeFile(at(cdg), gzipSync(text + '\n'.repeat(chunks)));
      const read = await readSamples(at(cdg), 'cdg', sink());
      expect(read.requests).toBe(before.requests);
    }
  });

  test('a bomb of rows stops, whatever else it holds', async () => {
    const row = Buffer.from('vus,1795283569997105,0.000000,,,,\n'.repeat(30_000));
    await pack(header, [row, 400]);
    const { stdout } = await report();
    expect(stdout).toContain('unpacks to more than 250 times its size: nothing after that is read');
  });

  test('rows that say nothing stop too', async () => {
    await pack(header, [Buffer.from('\n'.repeat(1_000_000)), 1]);
    const { stdout } = await report();
    expect(stdout).toMatch(/holds \d+ broken rows: nothing after that is read/);
  });

  test.each<[string, (i: number) => [from: RegExp, to: string]]>([
    ['steps', (i) => [/bench_step=\w+/, `bench_step=s${i}`]],
    ['regions', (i) => [/bench_served=\w+/, `bench_served=r${i}`]],
    ['virtual users', (i) => [/vu=\d+/, `vu=${i}`]],
    ['metrics', (i) => [/^server_app_ms/, `m${i}`]],
  ])('names that never repeat (%s) fill neither memory nor report', async (_, by) => {
    const [head = '', ...rows] = (await rowsOf()).trimEnd().split('\n');
    const changed = rows.map((row, i) => row.replace(...by(Math.floor(i / 12))));
    await writeFile(at(cdg), gzipSync([head, ...changed].join('\n') + '\n'));
    const { code, stdout } = await report();
    expect(code).toBe(0);
    expect(stdout.length).toBeLessThan(400_000);
  });

  test('what a server can not mean is not shown', async () => {
    const rows = (await rowsOf()).replace(
      /^(server_app_ms,\d+),[\d.]+/gm,
      `$1,1${'0'.repeat(308)}.000000`,
    );
    await writeFile(at(cdg), gzipSync(rows));
    const explained = await benchHere(['explain', dir, '--format', 'text']);
    expect(explained.stdout).not.toMatch(/Infinity|NaN|\d{12}/);
    const claims = (await rowsOf()).replace(/^(server_app_ms,\d+),[\d.]+/gm, '$1,99999.000000');
    await writeFile(at(cdg), gzipSync(claims));
    const told = await benchHere(['explain', dir, '--format', 'text']);
    expect(told.stdout).toMatch(/more\s+than\s+twice\s+as\s+long\s+as\s+the\s+whole\s+answer/);
    expect(told.stdout).not.toMatch(/Infinity|99999/);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(100_000)],
    ['no UTF-8', Buffer.alloc(100_000, 0xff)],
    ['a mark of byte order', Buffer.from(`\ufeff${header}`)],
    ['members of nothing', Buffer.concat(Array(20_000).fill(gzipSync('')) as Buffer[])],
  ])('a file of %s is said to be none', async (_, bytes) => {
    const isPacked = bytes.length > 0 && bytes[0] === 0x1f;
    await writeFile(at(cdg), isPacked ? bytes : gzipSync(bytes));
    const { code, stdout } = await report();
    expect(code).toBe(0);
    expect(stdout).toMatch(/cdg\.csv\.gz (?:breaks off|can't be used)/);
  });
});

describe('a signal', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s ends a reader at once',
    async (signal) => {
      const row = 'vus,1795283569997105,0.000000,,,,\n';
      const line = (i: number) => row.replace('997105', String(100_000 + (i % 900_000)));
      const text = Array.from({ length: 300_000 }, (_, i) => line(i * 7919)).join('');
      await writeFile(
        at(cdg),
        Buffer.concat([gzipSync(header), ...Array<Buffer>(60).fill(gzipSync(text, { level: 1 }))]),
      );
      const running = await startBench(['explain', dir]);
      // It reads now, and for seconds: its listeners are taken off.
      await expect
        .poll(
          async () =>
            /^SigCgt:\s*[0-9a-f]*(?<bits>[0-9a-f])$/m.exec(
              await readFile(`/proc/${running.pid}/status`, 'utf8'),
            )?.groups?.['bits'],
        )
        .toMatch(/^[014589cd]$/);
      running.child.kill(signal);
      expect(await once(running.child, 'exit')).toEqual([null, signal]);
    },
  );

  test('ends a command whose output nobody reads', async () => {
    const running = await startBench(['report', dir, '--format', 'html']);
    running.child.stdout.pause();
    await expect
      .poll(
        async () => /^wchar: (\d+)/m.exec(await readFile(`/proc/${running.pid}/io`, 'utf8'))?.[1],
      )
      .toMatch(/\d{6}/);
    running.child.kill('SIGINT');
    expect([
      [130, null],
      [null, 'SIGINT'],
    ]).toContainEqual(await once(running.child, 'exit'));
  });
});

test('what is whole stays readable', async () => {
  const { missing, samples } = await openRun(dir);
  expect(missing).toEqual([]);
  expect(samples).toHaveLength(2);
});
