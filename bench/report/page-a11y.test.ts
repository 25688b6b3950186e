import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Warning } from '../base/warnings.ts';
import { benchHere } from '../test/support/bench-here.ts';
import { chromiumPath } from '../test/support/chromium.ts';
import { writeNights } from '../test/support/nights.ts';
import { pageOpener, type View } from '../test/support/pages.ts';
import type { SyntheticRun } from '../test/support/synthetic-run.ts';
import { indexPage } from './index-page/index-page.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const views: readonly View[] = [
  { width: 1600 },
  { width: 1600, dark: true },
  { width: 360 },
  { width: 360, dark: true },
];

const doubtful: Warning[] = [{ code: 'generator-busy', vantage: 'ord', cpuShare: 0.93 }];

/** Contrast alone takes seconds on a page with all its tables. */
const timeout = 120_000;

describe.skipIf(chromiumPath === undefined)('axe-core in Chromium finds nothing', () => {
  const { openRun, openFile, root } = pageOpener();

  /** What axe-core calls a violation. */
  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe);
    const found = await page.evaluate<AxeResults>(`axe.run({ resultTypes: ['violations'] })`);
    await page.close();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }

  const openTables = (page: Page) =>
    page.evaluate(`document.querySelectorAll('details').forEach((d) => (d.open = true))`);

  test.each(views)('$width pixels wide, dark: $dark', { timeout }, async (view) => {
    const { page } = await openRun(`view-${String(view.width)}-${String(view.dark)}`, {}, view);
    expect(await violations(page)).toEqual([]);
  });

  test.each<[string, SyntheticRun]>([
    ['with all tables open', { staleReads: true, perBlock: 10 }],
    ['where a region is missing', { failing: { syd: 'k6 was killed' } }],
    ['after one round', { rounds: 1 }],
    ['where a link was off, and nothing can be trusted', { linkOff: [1], warnings: doubtful }],
  ])('%s', { timeout }, async (name, run) => {
    const { page } = await openRun(name.replaceAll(' ', '-'), run);
    await openTables(page);
    expect(await violations(page)).toEqual([]);
  });

  test('beside a history and an earlier run', { timeout }, async () => {
    const nights = await writeNights(join(root(), 'nights'), 6);
    const [newest = '', before = ''] = [nights.at(-1), nights.at(-2)];
    await benchHere(['report', newest, '--baseline', before]);
    const { page } = await openFile(join(newest, 'index.html'));
    await openTables(page);
    expect(await violations(page)).toEqual([]);
  });

  test.each(views)('in the list of runs, $width pixels wide, dark: $dark', async (view) => {
    const file = join(root(), 'list.html');
    const described = {
      ...{ folder: 'a', runId: '<b>', startedAtIso: '2026-11-21T12:40:05.000Z', state: 'partial' },
      ...{ provider: 'local', budgetMs: 100, vantages: ['cdg'], targets: ['x'], rounds: 8 },
      ...{ verdicts: ['x is fast.'], gaps: ['syd is missing: k6 was killed'], warnings: 2 },
    };
    await writeFile(
      file,
      indexPage([described, { folder: 'b', problem: 'It has no report yet.' }]),
    );
    const { page, trouble } = await openFile(file, view);
    expect(await page.locator('h2').allInnerTexts()).toEqual(['<b>', 'b']);
    expect(trouble).toEqual([]);
    expect(await violations(page)).toEqual([]);
  });
});
