import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { syntheticManifest, writeSyntheticRun } from '../test/support/synthetic-run.ts';
import { linkLatest } from './latest.ts';
import { openRun } from './open-run.ts';
import { createRunFolder } from './run-folder.ts';
import { makeRunId } from './run-id.ts';

let root: string;
let dir: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'run-folder-'));
  dir = join(root, 'run');
});
afterEach(() => rm(root, { recursive: true }));

const small = { rounds: 2, perBlock: 5, vantages: ['cdg', 'ord'] };

test('what was written is what is read', async () => {
  await writeSyntheticRun(dir, small);
  const run = await openRun(dir);
  const { files: recorded, ...manifest } = run.manifest;
  expect(manifest).toEqual(syntheticManifest(small));
  expect(Object.keys(recorded ?? {})).toEqual([
    ...['outcomes.json', 'samples/cdg.csv.gz', 'samples/ord.csv.gz'],
  ]);
  expect(run.outcomes.blocks).toHaveLength(2 * 2 * 3);
  expect(run.missing).toEqual([]);
  expect(run.samples.map(({ vantage }) => vantage)).toEqual(['cdg', 'ord']);
  expect(readdirSync(root)).toEqual(['run']);
});

test('outcomes.json is JSON as documented, a block a line', async () => {
  await writeSyntheticRun(dir, small);
  const text = await readFile(join(dir, 'outcomes.json'), 'utf8');
  expect(Object.keys(JSON.parse(text) as object)).toEqual(['blocks']);
  expect(text.split('\n')).toHaveLength(12 + 3);
});

describe('a cut run', () => {
  test('is read under the name that it would have had, and says so', async () => {
    const folder = await createRunFolder(dir);
    await folder.writeManifest({ ...syntheticManifest(small), vantages: {} });
    const run = await openRun(dir);
    expect(run.dir).toBe(`${dir}.partial`);
    expect(run.missing).toEqual([
      'The run was cut before it was complete; what is there is used.',
      'outcomes.json is missing: which requests count is not known, so none does.',
    ]);
    expect(run.samples).toEqual([]);
  });

  test('is never overwritten', async () => {
    await createRunFolder(dir);
    await writeFile(join(`${dir}.partial`, 'samples', 'cdg.csv.gz'), '');
    await expect(createRunFolder(dir)).rejects.toMatchObject({ kind: 'usage' });
  });
});

describe('a damaged folder', () => {
  beforeEach(() => writeSyntheticRun(dir, small));

  test('without rows of a region that was measured says that they are lost', async () => {
    await rm(join(dir, 'samples', 'ord.csv.gz'));
    const run = await openRun(dir);
    expect(run.missing).toEqual(['samples/ord.csv.gz is lost: ord was measured.']);
    expect(run.samples.map(({ vantage }) => vantage)).toEqual(['cdg']);
  });

  test('with outcomes that are no outcomes counts no request', async () => {
    await writeFile(join(dir, 'outcomes.json'), '{"blocks": [{"vantage": 1}]}');
    const run = await openRun(dir);
    expect(run.outcomes.blocks).toEqual([]);
    expect(run.missing[0]).toMatch(/^outcomes\.json is damaged \(blocks\.0\.vantage is missing/);
  });

  test.each(['{"schema": 1', '{"schema": 1}', 'null', ''])(
    'with the manifest %j is refused',
    async (text) => {
      await writeFile(join(dir, 'manifest.json'), text);
      await expect(openRun(dir)).rejects.toMatchObject({
        kind: 'usage',
        message: expect.stringContaining('manifest.json is damaged') as string,
      });
    },
  );

  test('of a later schema is refused with its number', async () => {
    const manifest = { ...syntheticManifest(small), schema: 2 };
    await writeFile(join(dir, 'manifest.json'), JSON.stringify(manifest));
    await expect(openRun(dir)).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('has schema 2; this version knows 1') as string,
    });
  });

  test('that is no run folder at all is named', async () => {
    await expect(openRun(root)).rejects.toMatchObject({
      kind: 'usage',
      message: `${root} is not a run folder: it has no readable manifest.json.`,
    });
  });
});

test('an empty folder is filled, a used one is refused', async () => {
  await mkdir(dir);
  await writeSyntheticRun(dir, small);
  expect(existsSync(join(dir, 'manifest.json'))).toBe(true);
  await expect(createRunFolder(dir)).rejects.toMatchObject({
    kind: 'usage',
    message: `${dir} is not empty.`,
  });
  await writeFile(join(root, 'file'), '');
  await expect(createRunFolder(join(root, 'file'))).rejects.toMatchObject({ kind: 'usage' });
});

test('latest points to the newest, by a relative name', async () => {
  await linkLatest(dir);
  await linkLatest(join(root, 'newer'));
  expect(await readlink(join(root, 'latest'))).toBe('newer');
  expect(readdirSync(root)).toEqual(['latest']);
});

test('a run id sorts by time and depends on the seed', () => {
  const at = new Date('2026-11-21T12:40:05.678Z');
  expect(makeRunId(at, 'quick', 1)).toMatch(/^2026-11-21T12-40-05-quick-[0-9a-f]{4}$/);
  expect(makeRunId(at, 'quick', 1)).toBe(makeRunId(at, 'quick', 1));
  expect(makeRunId(at, 'quick', 1)).not.toBe(makeRunId(at, 'quick', 2));
});
