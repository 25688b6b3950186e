import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../test/support/chromium.ts';
import { pageOpener } from '../test/support/pages.ts';

describe.skipIf(chromiumPath === undefined)('in Chromium (skipped where none is installed)', () => {
  const { openRun } = pageOpener();

  /** What the cell that is pressed says. */
  const chosen = (page: Page) => page.locator('.heat [aria-pressed=true]').getAttribute('title');

  test('the slowest cell is chosen first; arrow keys and Enter choose another', async () => {
    const { page, trouble } = await openRun('keys', {});
    expect(await chosen(page)).toMatch(/^multi-region-single-db in syd, above the goal, slower/);
    await page.locator('.heat [aria-pressed=true]').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    expect(await chosen(page)).toMatch(/^multi-region-single-db in syd/);
    await page.keyboard.press('Enter');
    expect(await chosen(page)).toMatch(/^single-region in ord, above the goal, slower than read/);
    expect(await page.locator('.chosen').innerText()).toContain('single-region in ord');
    expect(await page.locator('.heat button[tabindex="0"]').count()).toBe(1);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('the map follows the chosen cell, and the chosen cell the map', async () => {
    const { page, trouble } = await openRun('map', {});
    const caption = page.locator('#map .caption');
    expect(await page.locator('.world .arc').count()).toBe(0);
    expect(await page.locator('.world .wire').count()).toBe(3);
    await page.getByRole('radio', { name: 'multi-region-single-db' }).focus();
    await page.keyboard.press('ArrowUp');
    expect(await caption.innerText()).toMatch(
      /^single-region: app and database in cdg\. Fastest in cdg \(.*\), slowest in syd \(.*, served by cdg\)\.$/,
    );
    expect(await page.locator('.world .arc').count()).toBe(3);
    expect(await chosen(page)).toMatch(/^single-region in syd/);
    await page.getByTitle(/^scl, Santiago, Chile: .* served by cdg$/).click();
    expect(await chosen(page)).toMatch(/^single-region in scl/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(await chosen(page)).toMatch(/^single-region in cdg/);
    expect(await page.locator('.site.selected .label').innerText()).toMatch(/^cdg \d\.\d\d ms$/);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('hatches what was not told apart from the fastest of the region', async () => {
    const { page } = await openRun('hatched', {
      targets: ['read-replicas', 'a-copy', 'single-region'],
      slower: { 'a-copy@ord': 1.5 },
    });
    const titles = await Promise.all(
      (await page.locator('.heat .unsure button').all()).map((button) =>
        button.getAttribute('title'),
      ),
    );
    expect(titles.filter((title) => title?.startsWith('single-region in cdg'))).toHaveLength(1);
    expect(titles.filter((title) => title?.includes('a-copy in ord'))).toEqual([]);
    for (const title of titles) expect(title).toMatch(/(as fast as|not told apart from) /);
    await page.close();
  });

  test('a missing region is on the map with its reason', async () => {
    const { page, trouble } = await openRun(
      'gap',
      { failing: { syd: 'k6 was killed' } },
      { width: 360 },
    );
    await page.getByTitle('syd, Sydney, Australia: missing, k6 was killed').click();
    expect(await chosen(page)).toMatch(/ in syd, missing: k6 was killed$/);
    expect(await page.locator('.site.missing .label').innerText()).toBe('syd missing');
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('one round at one place, of a target that nobody placed, is shown as such', async () => {
    const { page, trouble } = await openRun('one', {
      ...{ rounds: 1, vantages: ['scl'], targets: ['<b>mine</b>'] },
    });
    expect(await page.locator('#map .caption').innerText()).toMatch(
      /^<b>mine<\/b>: nobody told where it runs; only the vantages are shown\. Measured in scl \(/,
    );
    expect(await page.locator('.unsure').count()).toBe(0);
    expect(await page.getByRole('radio').count()).toBe(0);
    expect(trouble).toEqual([]);
    await page.close();
  });
});
