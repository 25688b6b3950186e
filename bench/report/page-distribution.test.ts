import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../test/support/chromium.ts';
import { pageOpener } from '../test/support/pages.ts';

const charts = ['ecdf-chart', 'tail-chart', 'shift-chart', 'rounds-chart'];

describe.skipIf(chromiumPath === undefined)('in Chromium (skipped where none is installed)', () => {
  const { openRun } = pageOpener();

  /** What a canvas shows, as text that differs when the picture does. */
  const picture = (page: Page, id: string): Promise<string> =>
    page.evaluate(`document.getElementById(${JSON.stringify(id)}).toDataURL()`);

  const about = (page: Page, section: string, key: string): Promise<string> =>
    page.locator(`#${section} [data-about="${key}"]`).innerText();

  test('the charts follow the heat map, and the menus too', async () => {
    const { page, trouble } = await openRun('follow', {});
    const before = await Promise.all(charts.map((id) => picture(page, id)));
    await page.locator('table.heat td button').first().click();
    for (const [i, id] of charts.entries())
      await expect.poll(() => picture(page, id), { message: id }).not.toBe(before[i]);
    expect(await about(page, 'distribution', 'place')).toBe('cdg Paris, France: search');
    expect(await page.locator('#rounds-place').inputValue()).toBe('0');
    await page.locator('#rounds-place').selectOption({ label: 'scl Santiago, Chile' });
    await page.locator('#distribution-target').selectOption({ label: 'multi-region-single-db' });
    expect(await about(page, 'rounds', 'place')).toBe('scl Santiago, Chile: search');
    expect(await about(page, 'distribution', 'pair')).toBe(
      'multi-region-single-db minus read-replicas at scl Santiago, Chile',
    );
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('the tables hold every cell', async () => {
    const { page, model, trouble } = await openRun('tables', { staleReads: true });
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
    const { page, trouble } = await openRun('gap', { failing: { syd: 'k6 was killed' } });
    await page.locator('#distribution-place').selectOption({ label: 'syd Sydney, Australia' });
    expect(await about(page, 'distribution', 'place')).toBe(
      'syd Sydney, Australia is missing: k6 was killed',
    );
    for (const id of charts) await page.locator(`#${id}`).waitFor({ state: 'hidden' });
    await page.locator('#distribution-place').selectOption({ label: 'ord Chicago, Illinois (US)' });
    for (const id of charts) await page.locator(`#${id}`).waitFor();
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('a lost round is named with its reason', async () => {
    const { page, trouble } = await openRun('lost', {
      ...{ targets: ['a', 'b'], vantages: ['cdg'] },
      lost: { 'b@cdg': { round: 3, reason: 'the target stalled' } },
    });
    const sentence = 'Round 4 does not count: b, the target stalled.';
    expect(await about(page, 'rounds', 'lost')).toBe(sentence);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('one round of one target at one place has its charts too, on a narrow screen', async () => {
    const run = { rounds: 1, vantages: ['scl'], targets: ['<b>mine</b>'] };
    const { page, trouble } = await openRun('one', run, { width: 360 });
    for (const id of ['ecdf-chart', 'tail-chart', 'rounds-chart'])
      await page.locator(`#${id}`).waitFor();
    await page.locator('#shift-chart').waitFor({ state: 'hidden' });
    expect(await about(page, 'distribution', 'pair')).toBe(
      '<b>mine</b> at scl Santiago, Chile: nothing to compare it with',
    );
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360);
    expect(trouble).toEqual([]);
    await page.close();
  });
});
