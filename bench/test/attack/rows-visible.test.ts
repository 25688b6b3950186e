import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Warning } from '../../base/warnings.ts';
import { files } from '../../samples/run-folder.ts';
import { benchHere } from '../support/bench-here.ts';
import { writeSyntheticRun } from '../support/synthetic-run.ts';

/*
 * Hostile text in every field of a run that may hold text, in the names of its rows, and in what servers said. Nothing that
 * any command prints may steer a terminal, be a command to a CI system, a formula, or mark-up.
 */
const acts = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e\u200b\u2028\r';
const hostile = `::error::x\n::set-output name=a::b ${acts} ##[add-mask]a ##vso[task]b <img src=x onerror=alert(1)> </details> | \`c\` [l](javascript:alert(1)) @user https://evil.example`;
const targets = [`=cmd|' /C calc'!A0 ${hostile}`, hostile, `@SUM(1)\t${hostile}`];
/** Short enough for the name of a file. */
const vantages = ['cdg', '::error::v\n\u001b[2J\u202e##[a]@user|<img>'];

let root: string;
const dirs: string[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rows-visible-'));
  for (const day of [21, 22, 23]) {
    const dir = await writeSyntheticRun(join(root, 'runs', `${day}`), {
      ...{ targets, vantages, rounds: 6, perBlock: 20, staleReads: true, linkOff: [1] },
      startedAtIso: `2026-11-${day}T12:40:05.000Z`,
    });
    await poison(dir, day);
    dirs.push(dir);
  }
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function poison(dir: string, day: number): Promise<void> {
  const manifestFile = join(dir, files.manifest);
  const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as Record<string, unknown>;
  const poisoned = poisonAll({ ...manifest, warnings: everyWarning }, '') as typeof manifest;
  // Who makes a whole folder makes no wrong hashes.
  delete poisoned['files'];
  await writeFile(manifestFile, JSON.stringify({ ...poisoned, runId: `${day} ${hostile}` }));
  const outcomes = await readFile(join(dir, files.outcomes), 'utf8');
  await writeFile(
    join(dir, files.outcomes),
    JSON.stringify(poisonAll(JSON.parse(outcomes), '')).replace(/"valid":true/, '"valid":false'),
  );
  for (const vantage of vantages) {
    const file = join(dir, files.samples(vantage));
    const rows = gunzipSync(await readFile(file)).toString();
    const said = encodeURIComponent(hostile.slice(0, 60));
    await writeFile(
      file,
      gzipSync(
        rows
          .replaceAll('bench_served=', `bench_edge=${said}&bench_served=${said}`)
          .replaceAll('bench_cache=none', `bench_cache=${said}`),
      ),
    );
  }
}

/** What a reader must be able to compare with other things is not text. */
const structure =
  /(^|\.)(schema|state|kind|code|when|\w*Iso|provider|via|name|vantages?\.\d+|vantage|target|scenario|primary|steps\.\d+|headline|from|to|command\.0|sha256)$|\.imports\./;

function poisonAll(value: unknown, path: string): unknown {
  if (typeof value === 'string')
    return structure.test(path) && !path.startsWith('.warnings') ? value : codeOr(path, value);
  if (Array.isArray(value)) return value.map((one, i) => poisonAll(one, `${path}.${i}`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, poisonAll(one, `${path}.${key}`)]),
  );
}
const codeOr = (path: string, value: string) => (path.endsWith('.code') ? value : hostile);

const cell = { vantage: 'x', target: 'x', scenario: 'x' };
const everyWarning: Warning[] = [
  { code: 'calibration-off', topology: 'x', from: 'x', to: 'x', wantedMs: 1, measuredMs: 2 },
  {
    code: 'link-off',
    topology: 'x',
    from: 'x',
    to: 'x',
    wantedMs: 1,
    rounds: [1],
    vantages: ['x'],
  },
  { code: 'block-invalid', ...cell, round: 1, reason: 'x' },
  { code: 'too-few-rounds', ...cell, valid: 1, needed: 2 },
  { code: 'dropped-iterations', vantage: 'x', dropped: 1, planned: 2 },
  { code: 'body-unfinished', ...cell, unfinished: 1, answers: 2 },
  { code: 'measured-again', rounds: 1, reason: 'x' },
  { code: 'vantage-failed', vantage: 'x', reason: 'x' },
  { code: 'checks-failed', ...cell, check: 'x', failed: 1, of: 1000 },
  { code: 'script-exceptions', ...cell, error: 'x', failed: 1, of: 1000 },
  { code: 'script-trouble', vantage: 'x', where: 'x', error: 'x' },
  { code: 'thresholds-crossed', vantage: 'x', target: 'x', metrics: ['x'] },
  { code: 'generator-busy', vantage: 'x', cpuShare: 0.9 },
  { code: 'cut-short', reason: 'x' },
  { code: 'target-failed', target: 'x', vantage: 'x', reason: 'x' },
  { code: 'redirects-followed', target: 'x', hops: 1, to: 'x' },
  { code: 'rows-unreadable', vantage: 'x', rows: 1, reason: 'x' },
];

/** Nothing but our own line ends. */
// eslint-disable-next-line no-control-regex
const acting = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060-\u2069]/u;
const ciCommand = /^\s*::|##(?:vso|teamcity)?\[/m;
const formula = /^\s*[=+\-@\t\r]/;
const isNumber = (text: string) => text !== '' && Number.isFinite(Number(text));

const formatsOf: readonly (readonly [command: string, formats: readonly string[]])[] = [
  ['report', ['text', 'markdown', 'csv', 'json', 'html']],
  ['compare', ['text', 'markdown', 'csv', 'json']],
  ['gate', ['text', 'markdown', 'github', 'junit', 'json']],
  ['export', ['csv', 'json', 'benchfmt', 'openmetrics']],
  ['explain', ['text', 'markdown', 'json']],
  ['history', ['text', 'markdown', 'csv', 'json']],
];
const cases = formatsOf.flatMap(([command, formats]) =>
  formats.map((format) => [command, format] as const),
);

test.each(cases)('%s --format %s: hostile text can only be read', async (command, format) => {
  const dir = dirs[2] ?? '';
  const operands = command === 'history' ? dirs : [dir];
  const flags = command === 'gate' ? ['--baseline-target', targets[0] ?? '', '--no-confirm'] : [];
  const { stdout, stderr } = await benchHere([command, ...operands, ...flags, '--format', format]);
  expect(stdout.length, stderr).toBeGreaterThan(50);
  expect(stderr).not.toContain('our fault');
  for (const text of [stdout, stderr]) {
    expect(acting.exec(text)).toBeNull();
    if (format !== 'github' || text === stderr) expect(ciCommand.exec(text)).toBeNull();
  }
  if (format === 'github')
    for (const line of stdout.trimEnd().split('\n'))
      expect(line).toMatch(/^::(?:error|warning|notice) title=[^:,]*::/);
  if (format === 'csv') {
    const table: string[][] = parse(stdout);
    const cells = table.flat();
    expect(cells.filter((text) => formula.test(text) && !isNumber(text))).toEqual([]);
  }
  if (format === 'json') expect(everyString(JSON.parse(stdout))).toContain(targets[1]);
  if (format === 'markdown' || format === 'html')
    expect(stdout).not.toMatch(/(?<!\\)<img|(?<!\\)<\/details>\s*\|/);
  if (format === 'markdown') expect(stdout).not.toMatch(/@user|(?<!\\)\[l|https:\/\/evil/);
});

const everyString = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(everyString)
    : [];
};

test.each([
  ['a folder that is not there', ['report', `/no/such/${hostile}`]],
  ['an unknown flag', ['report', `--${hostile}`]],
  ['an unknown format', ['compare', '.', '--format', hostile]],
  ['an unknown region', ['regions', '--primary', hostile]],
  ['a target that is none', ['run', '--target', `${hostile}=${hostile}`, '--dry-run']],
  ['an unknown topology', ['run', '--topologies', hostile, '--dry-run']],
])('an error about %s can only be read', async (_, args) => {
  const { code, stdout, stderr } = await benchHere(args, { DEBUG: 'bench' });
  expect(code).toBe(2);
  expect(stderr).toContain('error');
  for (const text of [stdout, stderr]) {
    expect(acting.exec(text)).toBeNull();
    expect(ciCommand.exec(text)).toBeNull();
  }
});
