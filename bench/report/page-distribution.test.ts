import type { Browser, Page } from 'playwright-core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchChromium } from '../test/support/chromium.ts';
import { readRun, writeSyntheticRun, type SyntheticRun } from '../test/support/synthetic-run.ts';
import { buildModel, type ReportInput } from './model.ts';
import { writeReports } from './write-reports.ts';

const charts = ['ecdf-chart', 'tail-chart', 'shift-chart', 'rounds-chart'];

describe.skipIf(chromiumPath === undefined)('in Chromium (skipped where none is installed)', () => {
  let root: string;
  let browser: Browser;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'page-distribution-'));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await rm(root, { recursive: true });
  });

  /** The page of a run, and whatever a browser complains of. */
  async function open(
    name: string,
    run: SyntheticRun,
    { width = 1200, change = (input: ReportInput) => input } = {},
  ) {
    const dir = await writeSyntheticRun(join(root, name), run);
    const model = buildModel(change(await readRun(dir)));
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const trouble: string[] = [];
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(String(error)));
    await page.goto(pathToFileURL(await writeReports(dir, model)).href);
    return { page, model, trouble };
  }

  /** What a canvas shows, as text that differs when the picture does. */
  const picture = (page: Page, id: string): Promise<string> =>
    page.evaluate(`document.getElementById(${JSON.stringify(id)}).toDataURL()`);

  const about = (page: Page, section: string, key: string): Promise<string> =>
    page.locator(`#${section} [data-about="${key}"]`).innerText();

  test('the charts follow the heat map, and the menus too', async () => {
    const { page, trouble } = await open('follow', {});
    const before = await Promise.all(charts.map((id) => picture(page, id)));
    await page.locator('table.heat td button').first().click();
    for (const [i, id] of charts.entries())
      await expect.poll(() => picture(page, id), { message: id }).not.toBe(before[i]);
    expect(await about(page, 'distribution', 'place')).toBe('cdg: search');
    expect(await page.locator('#rounds-place').inputValue()).toBe('0');
    await page.locator('#rounds-place').selectOption({ label: 'scl' });
    await page.locator('#distribution-target').selectOption({ label: 'multi-region-single-db' });
    expect(await about(page, 'rounds', 'place')).toBe('scl: search');
    expect(await about(page, 'distribution', 'pair')).toBe(
      'multi-region-single-db minus read-replicas at scl',
    );
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('the tables hold every cell', async () => {
    const { page, model, trouble } = await open('tables', { staleReads: true });
    const rows = (section: string) => page.locator(`#${section} tbody tr`).count();
    const cells = model.tables.length * model.places.length * model.targets.length;
    expect(await rows('distribution')).toBe(2 * cells);
    expect(await rows('rounds')).toBe(cells);
    expect(await page.locator('#distribution-table option').allTextContents()).toEqual([
      ...['search', 'read-your-writes, step read', 'read-your-writes, step write'],
    ]);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('a missing region is explained, and comes back when another is chosen', async () => {
    const { page, trouble } = await open('gap', { failing: { syd: 'k6 was killed' } });
    await page.locator('#distribution-place').selectOption({ label: 'syd' });
    expect(await about(page, 'distribution', 'place')).toBe('syd is missing: k6 was killed');
    for (const id of charts) await page.locator(`#${id}`).waitFor({ state: 'hidden' });
    await page.locator('#distribution-place').selectOption({ label: 'ord' });
    for (const id of charts) await page.locator(`#${id}`).waitFor();
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('a lost round is named with its reason', async () => {
    const lost = (input: ReportInput): ReportInput => ({
      ...input,
      outcomes: {
        blocks: input.outcomes.blocks.map((block) =>
          block.round === 3 && block.vantage === 'cdg' && block.target === 'b'
            ? { ...block, valid: false, reason: 'the target stalled' }
            : block,
        ),
      },
    });
    const run = { targets: ['a', 'b'], vantages: ['cdg'] };
    const { page, trouble } = await open('lost', run, { change: lost });
    const sentence = 'Round 4 does not count: b, the target stalled.';
    expect(await about(page, 'rounds', 'lost')).toBe(sentence);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('one round of one target at one place has its charts too, on a narrow screen', async () => {
    const run = { rounds: 1, vantages: ['scl'], targets: ['<b>mine</b>'] };
    const { page, trouble } = await open('one', run, { width: 360 });
    for (const id of ['ecdf-chart', 'tail-chart', 'rounds-chart'])
      await page.locator(`#${id}`).waitFor();
    await page.locator('#shift-chart').waitFor({ state: 'hidden' });
    expect(await about(page, 'distribution', 'pair')).toBe(
      '<b>mine</b> at scl: nothing to compare it with',
    );
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360);
    expect(trouble).toEqual([]);
    await page.close();
  });
});
