import type { Browser, Page } from 'playwright-core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchChromium } from '../test/support/chromium.ts';
import { readRun, writeSyntheticRun, type SyntheticRun } from '../test/support/synthetic-run.ts';
import { buildModel, type ReportModel } from './model.ts';
import { writeReports } from './write-reports.ts';

const hostile = ['<script>alert(1)</script>', `"quo'ted" </script><!--`, '\u202eעברית'];

describe.skipIf(chromiumPath === undefined)('in Chromium (skipped where none is installed)', () => {
  let root: string;
  let browser: Browser;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'page-'));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await rm(root, { recursive: true });
  });

  interface Opened {
    readonly page: Page;
    readonly model: ReportModel;
    /** Console messages, errors, dialogs and requests beyond the file itself. */
    readonly trouble: readonly string[];
  }

  async function open(
    name: string,
    run: SyntheticRun,
    view: { width: number; dark?: boolean } = { width: 1600 },
  ): Promise<Opened> {
    const dir = await writeSyntheticRun(join(root, name), run);
    const model = buildModel(await readRun(dir));
    const url = pathToFileURL(await writeReports(dir, model)).href;
    const page = await browser.newPage({
      viewport: { width: view.width, height: 900 },
      colorScheme: view.dark === true ? 'dark' : 'light',
    });
    const trouble: string[] = [];
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(String(error)));
    page.on('dialog', (dialog) => {
      trouble.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url() !== url && !request.url().startsWith('data:')) trouble.push(request.url());
    });
    await page.goto(url);
    return { page, model, trouble };
  }

  /** Pixels of a canvas that were drawn on. */
  const inkOf = (page: Page, id: string): Promise<number> =>
    page.evaluate(`{
      const canvas = document.getElementById(${JSON.stringify(id)});
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      data.filter((value, i) => i % 4 === 3 && value > 0).length;
    }`);

  test('draws every chart, shows every figure, and troubles nobody', async () => {
    const { page, model, trouble } = await open('wide', {});
    expect(await inkOf(page, 'latency-0')).toBeGreaterThan(1000);
    expect(await inkOf(page, 'calibration-chart')).toBeGreaterThan(500);
    const cells = await page.locator('.heat td').allInnerTexts();
    expect(cells).toHaveLength(model.places.length * model.targets.length);
    expect(cells[2]).toMatch(/^\d\.\d\d\s+\d\.\d\d–\d\.\d\d/);
    expect(await page.locator('h2').allInnerTexts()).toHaveLength(6);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test.each([{ width: 360, dark: true }, { width: 360 }, { width: 1600, dark: true }])(
    'fits $width pixels, dark: $dark',
    async (view) => {
      const { page, trouble } = await open(`view-${view.width}-${String(view.dark)}`, {}, view);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBeLessThanOrEqual(view.width);
      const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      expect(ground).toBe(view.dark === true ? 'rgb(18, 22, 28)' : 'rgb(255, 255, 255)');
      expect(trouble).toEqual([]);
      await page.close();
    },
  );

  test('changes its scale from the keyboard', async () => {
    const { page, trouble } = await open('scale', {});
    const linear = page.getByRole('button', { name: 'linear' });
    await linear.focus();
    await page.keyboard.press('Enter');
    expect(await linear.getAttribute('aria-pressed')).toBe('true');
    expect(await inkOf(page, 'latency-0')).toBeGreaterThan(1000);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('names from outside are text, wherever they stand', async () => {
    const { page, trouble } = await open('hostile', { targets: hostile });
    const names = await page.locator('.heat thead th bdi').allInnerTexts();
    expect(names).toEqual([hostile[0], hostile[1], '\ufffdעברית']);
    expect(await page.locator('script').count()).toBe(2);
    expect(await inkOf(page, 'latency-0')).toBeGreaterThan(1000);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('says which region is missing', async () => {
    const { page, trouble } = await open('gap', { failing: { syd: 'k6 was killed' } });
    expect(await page.locator('.gaps').innerText()).toContain('syd is missing: k6 was killed');
    expect(await page.locator('.heat td.none').count()).toBe(3);
    expect(trouble).toEqual([]);
    await page.close();
  });
});
