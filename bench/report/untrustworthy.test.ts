import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Warning } from '../base/warnings.ts';
import { benchHere } from '../test/support/bench-here.ts';
import { writeSyntheticRun } from '../test/support/synthetic-run.ts';
import type { ComparisonJson } from './comparison/json.ts';
import type { SummaryJson } from './summary-json.ts';

const warnings: Warning[] = [
  { code: 'generator-busy', vantage: 'ord', cpuShare: 0.93 },
  { code: 'calibration-off', from: 'cdg', to: 'syd', wantedMs: 286, measuredMs: 320 },
];
const because = [
  'the link cdg–syd measured 320 ms where 286 ms was wanted',
  'the load generator at ord used 93 % of its processors',
];
const sentence = `This run is not trustworthy, as ${because.join(' and ')}: close other programs on this computer or lower --rate, and measure again.`;

let root = '';
let bad = '';
let good = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'untrustworthy-'));
  bad = await writeSyntheticRun(join(root, 'bad'), { runId: 'bad', warnings, staleReads: true });
  good = await writeSyntheticRun(join(root, 'good'), { runId: 'good' });
});
afterAll(() => rm(root, { recursive: true }));

/** Without the breaks of lines. */
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();
const report = async (dir: string, format: string): Promise<string> => {
  const { code, stdout } = await benchHere(['report', dir, '--format', format]);
  expect(code).toBe(0);
  return stdout;
};

describe('a run that can’t be trusted says so before anything else', () => {
  test('in the terminal, and makes no claims', async () => {
    const text = flat(await report(bad, 'text'));
    expect(text.startsWith(`${sentence} Median time to first byte`)).toBe(true);
    expect(text).not.toMatch(/is the fastest|\d×/);
    // Counted, whatever the latencies are worth.
    expect(text).toContain('Reads that missed');
  });

  test('in Markdown', async () => {
    const markdown = await report(bad, 'markdown');
    expect(markdown.startsWith(`> **${sentence}**\n\n## bad\n`)).toBe(true);
    expect(markdown).not.toMatch(/\d×/);
  });

  test('in JSON', async () => {
    const json = JSON.parse(await report(bad, 'json')) as SummaryJson;
    expect(json).toMatchObject({
      ...{ trustworthy: false, notice: sentence, untrustworthyBecause: because },
      whatToDo: ['close other programs on this computer', 'lower --rate'],
    });
    expect(json.findings.map(({ topic }) => topic)).toEqual(['consistency']);
    expect(Object.keys(json).indexOf('trustworthy')).toBe(1);
  });

  test('on the page, above its heading, and in its title', async () => {
    const page = await report(bad, 'html');
    const [before = '', after = ''] = page.split('<h1>');
    expect(before).toContain('<title>Not trustworthy: ');
    expect(flat(before.slice(before.indexOf('<main>')))).toContain(sentence);
    expect(after).not.toContain('class="contrast"');
    expect(after).not.toContain('class="fastest"');
  });

  test('in the list of runs', async () => {
    await symlink('good', join(root, 'latest'));
    await benchHere(['report', bad]);
    const index = flat(await readFile(join(root, 'index.html'), 'utf8'));
    expect(index).toContain(`<p class="doubt">${sentence}</p>`);
  });

  test('when it is compared, whichever side it is', async () => {
    for (const sides of [[bad], [good, `${bad}:single-region`]]) {
      const text = await benchHere(['compare', ...sides, '--allow-mixed']);
      expect(flat(text.stdout).startsWith(`bad: ${sentence} `)).toBe(true);
      const markdown = await benchHere([
        'compare',
        ...sides,
        '--allow-mixed',
        '--format',
        'markdown',
      ]);
      expect(markdown.stdout.startsWith(`> **bad: ${sentence}**\n\n###`)).toBe(true);
      const json = await benchHere(['compare', ...sides, '--allow-mixed', '--json']);
      const { trustworthy, notes } = JSON.parse(json.stdout) as ComparisonJson;
      expect([trustworthy, notes[0]]).toEqual([false, `bad: ${sentence}`]);
    }
  });
});

test('one that can be trusted has no such word, and its claims', async () => {
  const json = JSON.parse(await report(good, 'json')) as SummaryJson;
  expect(json.trustworthy).toBe(true);
  expect(json).not.toHaveProperty('notice');
  expect(json).not.toHaveProperty('untrustworthyBecause');
  expect(await report(good, 'text')).toMatch(/\d×/);
  for (const format of ['text', 'markdown', 'html'])
    expect(await report(good, format)).not.toMatch(/not trustworthy|class="doubt"/i);
  const { stdout } = await benchHere(['compare', good, '--json']);
  expect((JSON.parse(stdout) as ComparisonJson).trustworthy).toBe(true);
});
