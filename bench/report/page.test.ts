import type { Page } from 'playwright-core';
import { parse } from 'csv-parse/sync';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatMillis } from '../base/units.ts';
import { benchHere } from '../test/support/bench-here.ts';
import { chromiumPath } from '../test/support/chromium.ts';
import { pageOpener } from '../test/support/pages.ts';
import { writeNights } from '../test/support/nights.ts';
import type { SummaryJson } from './summary-json.ts';

const hostile = ['<script>alert(1)</script>', `"quo'ted" </script><!--`, '\u202eעברית'];

describe.skipIf(chromiumPath === undefined)('in Chromium (skipped where there is none)', () => {
  const { openRun, openFile, root } = pageOpener();

  /** Pixels of a canvas that were drawn on. */
  const inkOf = (page: Page, id: string): Promise<number> =>
    page.evaluate(`{
      const canvas = document.getElementById(${JSON.stringify(id)});
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      data.filter((value, i) => i % 4 === 3 && value > 0).length;
    }`);

  /** The canvases that are shown and have nothing on them. */
  const blank = async (page: Page): Promise<string[]> => {
    const ids = await page.evaluate<string[]>(
      `[...document.querySelectorAll('canvas')].filter((c) => c.offsetParent !== null).map((c) => c.id)`,
    );
    const inks = await Promise.all(ids.map((id) => inkOf(page, id)));
    return ids.filter((_, i) => (inks[i] ?? 0) < 500);
  };

  const widthOf = (page: Page): Promise<number> =>
    page.evaluate('document.documentElement.scrollWidth');

  test('draws every chart, shows every figure, and troubles nobody', async () => {
    const { page, model, trouble } = await openRun('wide', { staleReads: true });
    expect(await blank(page)).toEqual([]);
    const medians = model.tables[0].rows.flatMap(({ cells }) => cells);
    const cells = await page.locator('.heat').first().locator('td').allInnerTexts();
    expect(cells).toHaveLength(medians.length);
    for (const [i, { result }] of medians.entries())
      expect(cells[i]).toContain(formatMillis(result.summary.p50?.centre ?? NaN));
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('has its sections in the order in which people need them, the verdict first', async () => {
    const { page } = await openRun('order', { staleReads: true });
    const ids = await page.evaluate<string[]>(
      `[...document.querySelectorAll('main > [id]')].map(({ id }) => id)`,
    );
    const order = [
      ...['verdict', 'map', 'medians', 'latency', 'distribution', 'causes', 'consistency'],
      ...['rounds', 'comparisons', 'published', 'baseline', 'history', 'calibration', 'method'],
    ];
    expect(ids).toEqual(order.filter((id) => ids.includes(id)));
    expect(ids.length).toBeGreaterThanOrEqual(10);
    const verdicts = await page.locator('.findings li').allInnerTexts();
    expect(verdicts.length).toBeLessThanOrEqual(4);
    expect(verdicts[0]).toMatch(
      /^read-replicas answers in \d\.\d\d ms in \w+; single-region takes \d+ ms: [\d.]+× \(95 % [\d.]+–[\d.]+\)\.$/,
    );
    await page.close();
  });

  test.each([
    { width: 360, dark: true },
    { width: 360, dark: false },
    { width: 1600, dark: true },
  ])('fits $width pixels, dark: $dark', async (view) => {
    const { page, trouble } = await openRun(`view-${view.width}-${String(view.dark)}`, {}, view);
    await page.evaluate(`document.querySelectorAll('details').forEach((d) => (d.open = true))`);
    expect(await widthOf(page)).toBeLessThanOrEqual(view.width);
    const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    expect(ground).toBe(view.dark ? 'rgb(18, 22, 28)' : 'rgb(255, 255, 255)');
    expect(await blank(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('is printed in black on white, without what only a screen can do', async () => {
    const { page, trouble } = await openRun('print', {}, { dark: true });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const text = await page.evaluate<string>('getComputedStyle(document.body).color');
    expect(text).toBe('rgb(28, 36, 48)');
    expect(await page.locator('.scales:visible').count()).toBe(0);
    expect(await blank(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('changes its scale from the keyboard', async () => {
    const { page, trouble } = await openRun('scale', {});
    const linear = page.getByRole('button', { name: 'linear' });
    await linear.focus();
    await page.keyboard.press('Enter');
    expect(await linear.getAttribute('aria-pressed')).toBe('true');
    expect(await blank(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('shows links over time, and which rounds they spoilt', async () => {
    const { page, trouble } = await openRun('links', { linkOff: [2, 5], staleReads: true });
    expect(await blank(page)).toEqual([]);
    const section = page.locator('#calibration');
    expect(await section.innerText()).toContain(
      '2 rounds of 8 do not count at the vantages whose link was off: 3, 6.',
    );
    await section.locator('summary').first().click();
    const rows = await section.locator('table').first().locator('tbody tr').allInnerTexts();
    expect(rows.map((row) => row.split('\t')[0])).toEqual(['cdg–ord', 'cdg–scl', 'cdg–syd']);
    expect(rows.map((row) => row.match(/off/g)?.length ?? 0)).toEqual([0, 2, 0]);
    expect(rows[1]).toMatch(/^cdg–scl\s211(\s\+0\.\d\d){2}\s\+12\.\d\d off/);
    expect(await page.locator('#rounds').textContent()).toContain('a link was off');
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('has no such chart for a run whose links were not probed', async () => {
    const { page } = await openRun('unprobed', {});
    expect(await page.locator('#calibration-chart').count()).toBe(1);
    expect(await page.locator('#links-chart').count()).toBe(0);
    await page.close();
  });

  test('enlarging the bars of causes leaves the scale as it is', async () => {
    const { page, trouble } = await openRun('enlarge', {});
    const linear = page.getByRole('button', { name: 'linear' });
    await linear.click();
    const enlarge = page.locator('button[data-enlarge]');
    await enlarge.click();
    expect(await enlarge.getAttribute('aria-pressed')).toBe('true');
    expect(await linear.getAttribute('aria-pressed')).toBe('true');
    await linear.click();
    expect(await enlarge.getAttribute('aria-pressed')).toBe('true');
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('reaches everything that acts by the Tab key, and shows where it is', async () => {
    const { page } = await openRun('keys', {});
    const seen = new Set<string>();
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab');
      const [name, outline] = await page.evaluate<[string, string]>(
        `[document.activeElement.localName, getComputedStyle(document.activeElement).outlineStyle]`,
      );
      if (name === 'body') break;
      seen.add(name);
      expect(outline, `focus on ${name}`).not.toBe('none');
    }
    expect([...seen].sort()).toEqual(
      expect.arrayContaining(['a', 'button', 'div', 'input', 'select', 'summary']),
    );
    await page.close();
  });

  test('names from outside are text, wherever they stand', async () => {
    const vantages = ['cdg', 'ord', '"><img src=x onerror=alert(1)>', '\u202eסידני'];
    const { page, trouble } = await openRun('hostile', { targets: hostile, vantages });
    const names = await page.locator('.heat thead th bdi').allInnerTexts();
    expect(names).toEqual([hostile[0], hostile[1], '\\u202eעברית']);
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.locator('img').count()).toBe(0);
    expect(await blank(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('says which region is missing', async () => {
    const { page, trouble } = await openRun('gap', { failing: { syd: 'k6 was killed' } });
    expect(await page.locator('#verdict .gaps').innerText()).toContain(
      'syd is missing: k6 was killed',
    );
    expect(await page.locator('.heat td.none').count()).toBe(3);
    expect(await blank(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test.each([
    ['one round', { rounds: 1 }],
    ['one target', { targets: ['mine'] }],
    ['one region', { vantages: ['cdg'] }],
  ])('a run of %s has charts', async (name, run) => {
    const { page, trouble } = await openRun(name.replace(' ', '-'), run);
    expect(await blank(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('its figures can be downloaded as they lie in the run folder', async () => {
    const { page, model, trouble } = await openRun('download', {});
    const download = async (name: string) => {
      const waiting = page.waitForEvent('download');
      await page.getByRole('link', { name }).click();
      const file = await waiting;
      return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
    };
    const csv = await download('summary.csv');
    const json = await download('summary.json');
    expect(csv.name).toBe(`${model.manifest.runId}.csv`);
    expect(parse(csv.text, { columns: true })).toHaveLength(model.cells.length);
    expect((JSON.parse(json.text) as SummaryJson).runId).toBe(model.manifest.runId);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('a run among others is set beside an earlier one and its history', async () => {
    const nights = await writeNights(join(root(), 'nights'));
    const [newest = '', before = ''] = [nights.at(-1), nights.at(-2)];
    const { code, stderr } = await benchHere(['report', newest, '--baseline', before]);
    expect([code, stderr]).toEqual([0, '']);
    const { page, trouble } = await openFile(join(newest, 'index.html'));
    expect(await page.locator('#history').innerText()).toContain(
      'read-replicas at syd changed from',
    );
    expect(await page.locator('#baseline h3').allInnerTexts()).toHaveLength(3);
    await page.selectOption('#history-place', { index: 2 });
    await page.selectOption('#history-target', { label: 'read-replicas' });
    expect(await blank(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await page.close();
  });
});
