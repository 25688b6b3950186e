import { cp, mkdtemp, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Io } from '../cli/io.ts';
import { main } from '../cli/main.ts';
import type { Manifest } from '../samples/manifest.ts';
import { writeSyntheticRun } from './support/synthetic-run.ts';

let root = '';
const shape = { targets: ['single-region', 'read-replicas'], vantages: ['cdg', 'syd'] };

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'bench-broken-'));
  await writeFile(join(root, 'own.toml'), '');
  await writeSyntheticRun(join(root, 'sound'), shape);
  for (const night of ['1', '2']) {
    const dir = await writeSyntheticRun(join(root, `night-${night}`), { ...shape, seed: 7 });
    const file = join(dir, 'manifest.json');
    const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
    await writeFile(file, JSON.stringify({ ...manifest, runId: `night-${night}` }));
  }
});
afterAll(() => rm(root, { recursive: true }));

/** A copy of the sound run to break. */
async function copyTo(name: string): Promise<string> {
  const dir = join(root, name);
  await cp(join(root, 'sound'), dir, { recursive: true });
  return dir;
}

/** Every command that reads run folders. */
const commands = {
  report: (dir: string) => ['report', dir, '--format', 'text'],
  export: (dir: string) => ['export', dir],
  compare: (dir: string) => ['compare', `${dir}:single-region`, `${dir}:read-replicas`],
  gate: (dir: string) => [
    'gate',
    dir,
    '--control',
    'single-region',
    '--config',
    join(root, 'own.toml'),
  ],
  history: (dir: string) => ['history', dir, join(root, 'night-1'), join(root, 'night-2')],
} as const;
type Command = keyof typeof commands;

interface Trouble {
  readonly name: string;
  breakIt(dir: string): Promise<unknown>;
  /** What every command must say, to either stream. */
  readonly said: RegExp;
  readonly codes: Readonly<Record<Command, number>>;
}

const syd = (dir: string) => join(dir, 'samples', 'syd.csv.gz');
const refused = { report: 2, export: 2, compare: 2, gate: 2, history: 0 };
/** What is left is used, but a gate does not judge by it. */
const used = { report: 0, export: 0, compare: 0, gate: 3, history: 0 };
const nothingCounts = { report: 0, export: 3, compare: 3, gate: 3, history: 0 };

const troubles: readonly Trouble[] = [
  {
    name: 'cut before it was complete',
    breakIt: (dir) => rename(dir, `${dir}.partial`),
    said: /The run was cut before it was complete/,
    codes: { ...used, gate: 6 },
  },
  {
    name: 'with half a manifest',
    breakIt: (dir) => truncate(join(dir, 'manifest.json'), 400),
    said: /manifest\.json is damaged \(it is not whole JSON\)/,
    codes: refused,
  },
  {
    name: 'with a manifest that lacks its plan',
    breakIt: (dir) => writeFile(join(dir, 'manifest.json'), '{"schema": 1}'),
    said: /manifest\.json is damaged \(/,
    codes: refused,
  },
  {
    name: 'of a later version',
    breakIt: (dir) => writeFile(join(dir, 'manifest.json'), '{"schema": 2}'),
    said: /has schema 2; this version knows 1/,
    codes: refused,
  },
  {
    name: 'without the samples of a region',
    breakIt: (dir) => rm(syd(dir)),
    said: /samples\/syd\.csv\.gz is lost: syd was measured/,
    codes: used,
  },
  {
    name: 'with samples that break off',
    breakIt: async (dir) => truncate(syd(dir), Math.floor((await stat(syd(dir))).size / 3)),
    said: /samples\/syd\.csv\.gz breaks off; everything up to the break is used/,
    codes: used,
  },
  {
    name: 'with samples of no bytes',
    breakIt: (dir) => truncate(syd(dir), 0),
    said: /samples\/syd\.csv\.gz breaks off/,
    codes: used,
  },
  {
    name: 'with samples that are no gzip',
    breakIt: (dir) => writeFile(syd(dir), 'not compressed'),
    said: /samples\/syd\.csv\.gz breaks off/,
    codes: used,
  },
  {
    name: 'with samples of another kind',
    breakIt: (dir) => writeFile(syd(dir), gzipSync('a,b\n1,2\n')),
    said: /samples\/syd\.csv\.gz can't be used: The samples lack the columns/,
    codes: used,
  },
  {
    name: 'without outcomes.json',
    breakIt: (dir) => rm(join(dir, 'outcomes.json')),
    said: /outcomes\.json is missing: which requests count is not known, so none does/,
    codes: nothingCounts,
  },
  {
    name: 'with half an outcomes.json',
    breakIt: (dir) => truncate(join(dir, 'outcomes.json'), 400),
    said: /outcomes\.json is damaged \(it is not whole JSON\)/,
    codes: nothingCounts,
  },
];

describe.each(troubles.map((trouble) => [trouble.name, trouble] as const))(
  'a run %s',
  (name, trouble) => {
    let dir = '';
    beforeAll(async () => {
      dir = await copyTo(name.replaceAll(' ', '-'));
      await trouble.breakIt(dir);
    });

    test.each(Object.entries(trouble.codes) as [Command, number][])(
      '%s says so: exit %i',
      async (command, code) => {
        const ended = await bench(commands[command](dir));
        expect(ended.all).toMatch(trouble.said);
        expect(ended.code).toBe(code);
        expect(ended.all).not.toMatch(/^\s+at /m);
      },
    );
  },
);

test('the other region of a broken run keeps its figures', async () => {
  const [sound, broken] = [join(root, 'sound'), await copyTo('half')];
  await writeFile(syd(broken), 'not compressed');
  const rows = async (dir: string) => {
    const { stdout } = await bench(['export', dir]);
    return stdout.split('\n').filter((line) => line.includes(',cdg,'));
  };
  expect(await rows(broken)).toEqual(await rows(sound));
  expect(await rows(broken)).toHaveLength(16);
});

/** Runs a command in this process, as there are many; both streams together, broken lines joined again. */
async function bench(
  args: readonly string[],
): Promise<{ code: number; stdout: string; all: string }> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const io = { out, err, env: {}, signal: new AbortController().signal, input: process.stdin };
  const written = Promise.all([text(out), text(err)]);
  const code = await main(args, io as unknown as Io);
  out.end();
  err.end();
  const [stdout, stderr] = await written;
  return { code, stdout, all: `${stdout}\n${stderr}`.replace(/(\S)\n(?=\S)/g, '$1 ') };
}
