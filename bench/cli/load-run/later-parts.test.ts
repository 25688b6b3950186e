import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRun } from '../../samples/open-run.ts';
import type { BlockOutcome } from '../../samples/outcome.ts';
import { files, partialOf } from '../../samples/run-folder.ts';
import { linkRows, linksHeader } from '../../samples/links.ts';
import { roundSpans } from '../../samples/round-spans.ts';
import { startAt, writeSyntheticRun } from '../../test/support/synthetic-run.ts';
import { loadRun, type LoadedRun } from '../load-run.ts';

let root: string;
let dir: string;
let whole: LoadedRun;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'later-parts-'));
  dir = await writeSyntheticRun(join(root, 'run'), { rounds: 4, vantages: ['cdg', 'ord'] });
  whole = await loadRun(dir);
});
afterEach(() => rm(root, { recursive: true }));

/** What lies where, of cdg, when two rounds were measured after two others. */
interface Left {
  readonly file: readonly string[];
  readonly part?: readonly string[];
  readonly outcomes: readonly BlockOutcome[];
}

/** Leaves the run as the two parts of it were. */
async function leave(make: (rows: Rows, blocks: readonly BlockOutcome[]) => Left): Promise<void> {
  const { manifest, outcomes } = await openRun(dir);
  const at = (file: string) => join(dir, file);
  const main = at(files.samples('cdg'));
  const lines = gunzipSync(await readFile(main))
    .toString()
    .trimEnd()
    .split('\n');
  const left = make(rowsIn(lines), outcomes.blocks);
  await writeFile(main, zipped(left.file));
  if (left.part !== undefined) await writeFile(at(files.part('cdg', 1)), zipped(left.part));
  await writeFile(at(files.outcomes), JSON.stringify({ blocks: left.outcomes }));
  await writeFile(at(files.manifest), JSON.stringify({ ...manifest, startAt, added: [2] }));
}

interface Rows {
  readonly header: string;
  readonly first: readonly string[];
  readonly second: readonly string[];
}

function rowsIn([header = '', ...rows]: readonly string[]): Rows {
  const isSecond = (row: string) => /round=[23]/.test(row);
  return { header, first: rows.filter((row) => !isSecond(row)), second: rows.filter(isSecond) };
}

const zipped = (lines: readonly string[]): Buffer => gzipSync(`${lines.join('\n')}\n`);

const ofOrd = ({ vantage }: BlockOutcome): boolean => vantage === 'ord';
const ofFirst = ({ round }: BlockOutcome): boolean => round < 2;

test('rows of a part that was under way when the run was killed count', async () => {
  await leave(({ header, first, second }, blocks) => ({
    file: [header, ...first],
    part: [header, ...second],
    outcomes: blocks.filter((block) => ofOrd(block) || ofFirst(block)),
  }));
  await rename(dir, partialOf(dir));
  const { run, series } = await loadRun(dir);
  expect(series).toEqual(whole.series);
  expect(run.missing).toEqual(['The run was cut before it was complete; what is there is used.']);
});

test('so do rows that had been joined already, but not judged', async () => {
  await leave(({ header, first, second }, blocks) => ({
    file: [header, ...first, ...second],
    outcomes: blocks.filter((block) => ofOrd(block) || ofFirst(block)),
  }));
  expect((await loadRun(dir)).series).toEqual(whole.series);
});

test('rows that lie in both files, as they were just being joined, count once', async () => {
  await leave(({ header, first, second }, blocks) => ({
    file: [header, ...first, ...second.slice(0, second.length / 2)],
    part: [header, ...second],
    outcomes: blocks.filter((block) => ofOrd(block) || ofFirst(block)),
  }));
  expect((await loadRun(dir)).series).toEqual(whole.series);
});

test('rows that were fetched after the run are judged anew', async () => {
  await leave(({ header, first, second }, blocks) => ({
    file: [header, ...first, ...second.slice(0, 100)],
    part: [header, ...second],
    outcomes: blocks.map((block) =>
      ofOrd(block) || ofFirst(block)
        ? block
        : { ...block, kept: 3, valid: false, reason: 'kept 3 of 50 wanted requests' },
    ),
  }));
  expect((await loadRun(dir)).series).toEqual(whole.series);
});

test('a part of which nothing had come yet is no loss', async () => {
  await leave(({ header, first }, blocks) => ({
    file: [header, ...first],
    outcomes: blocks.filter((block) => ofOrd(block) || ofFirst(block)),
  }));
  await writeFile(join(dir, files.part('cdg', 1)), '');
  const { run, series } = await loadRun(dir);
  const [cell] = series.filter(({ vantage }) => vantage === 'cdg');
  expect(cell?.rounds.map(({ round }) => round)).toEqual([0, 1]);
  const valid = run.outcomes.blocks.filter((block) => block.valid && !ofOrd(block));
  expect(valid.every(ofFirst)).toBe(true);
});

test('a vantage that was not in a later part has no blocks of it', async () => {
  await leave(({ header, first }, blocks) => ({
    file: [header, ...first],
    outcomes: blocks.filter((block) => ofOrd(block) || ofFirst(block)),
  }));
  const { outcomes } = (await loadRun(dir)).run;
  expect(outcomes.blocks.filter((block) => !ofOrd(block)).every(ofFirst)).toBe(true);
  expect(outcomes.blocks.filter(ofOrd)).toHaveLength(4 * 3);
});

test('rounds that nobody has judged are judged by their links too', async () => {
  await leave(({ header, first, second }) => ({
    file: [header, ...first],
    part: [header, ...second],
    outcomes: [],
  }));
  const { manifest } = await openRun(dir);
  const { fromUs = 0, toUs = 0 } = roundSpans(manifest.plan, startAt).get(3) ?? {};
  const readings = Array.from({ length: 9 }, (_, i) => ({
    ...{ from: 'ord', to: 'cdg', rttMs: 118 },
    atUs: fromUs + (i * (toUs - fromUs)) / 9,
  }));
  await writeFile(join(dir, files.links), `${linksHeader}${linkRows(readings)},ord,cdg,17952`);
  const { blocks } = (await loadRun(dir)).run.outcomes;
  const lost = blocks.filter(({ valid }) => !valid);
  expect(lost.map(({ vantage, round }) => [vantage, round])).toEqual(Array(3).fill(['ord', 3]));
  expect(lost[0]?.reason).toBe('a link was off: ord–cdg measured 118 ms where 108 ms was wanted');
});
