import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCodes } from '../cli/exit-codes.ts';
import { loadReport } from '../cli/load-report.ts';
import { benchHere } from '../test/support/bench-here.ts';
import { chromiumPath } from '../test/support/chromium.ts';
import { pageOpener } from '../test/support/pages.ts';
import { writeSyntheticRun, type SyntheticRun } from '../test/support/synthetic-run.ts';
import type { ReportModel } from './model.ts';
import { rentedSentences } from './rented.ts';
import { renderRun } from './render.ts';
import type { SummaryJson } from './summary-json.ts';

const substitute = 'gru (for scl)';
const run: SyntheticRun = { vantages: ['cdg', substitute], rented: true };

describe('a run on rented machines, one of them in the stead of another region', () => {
  let root: string;
  let dir: string;
  let model: ReportModel;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'substitutes-'));
    dir = await writeSyntheticRun(join(root, 'run'), run);
    ({ model } = await loadReport(dir));
  });
  afterAll(() => rm(root, { recursive: true }));

  test.each(['text', 'markdown'] as const)('%s says so, and what the machines were', (format) => {
    const text = renderRun(model, format).replaceAll('\\', '');
    expect(text).toContain(`${substitute} Sao Paulo, Brazil`);
    expect(text.replace(/\s+/g, ' ')).toContain(
      'Measured from 2 rented machines (performance-2x): cdg e286500dc37e86 (clock +2.3 ±0.6 ms), ' +
        `${substitute} e286501dc37e86 (clock not known).`,
    );
    expect(text).toContain('The deployments were reached by the private network (.internal).');
  });

  test('one machine is one', () => {
    const { manifest } = model;
    const [sentence] = rentedSentences({
      ...manifest,
      machines: manifest.machines?.slice(0, 1) ?? [],
    });
    expect(sentence).toMatch(/^Measured from 1 rented machine \(performance-2x\): cdg /);
  });

  test('findings tell it from a vantage of the same city', async () => {
    const contrastOf = async (vantages: readonly string[]) => {
      const folder = await writeSyntheticRun(join(root, String(vantages.length)), {
        ...run,
        vantages,
      });
      return (await loadReport(folder)).model.findings[0]?.text;
    };
    expect(await contrastOf(['cdg', substitute])).toContain(' ms in Sao Paulo; ');
    expect(await contrastOf(['cdg', 'gru', substitute])).toMatch(/ ms in gru( \(for scl\))?; /);
  });

  test('summary.csv and summary.json name it as everything else does', () => {
    expect(renderRun(model, 'csv')).toContain(`single-region,${substitute},search,ttfb_warm,8,400`);
    const json = JSON.parse(renderRun(model, 'json')) as SummaryJson;
    expect(json.vantages[1]).toEqual({
      ...{ code: substitute, region: 'gru', city: 'Sao Paulo, Brazil', rttMs: 190 },
    });
    expect(json).toMatchObject({ provider: 'fly', via: 'private' });
    expect(json.machines?.map(({ vantage, region }) => [vantage, region])).toEqual([
      ['cdg', 'cdg'],
      [substitute, 'gru'],
    ]);
  });

  test('distances are those of the region where it runs', () => {
    const causes = model.explanation.cells.find(
      (cell) => cell.vantage === substitute && cell.target === 'single-region',
    );
    expect(causes?.parts).toContainEqual({ cause: 'network', ms: 190 });
    expect(causes?.floorMs).toBeCloseTo(94.1, 1);
    const replicas = model.explanation.predictions.find(
      ({ vantage, placement }) => vantage === substitute && placement === 'read-replicas',
    );
    expect(replicas?.predicted.centre).toBeLessThan(20);
    expect(model.geography.placements.get('read-replicas')).toMatchObject({ replicas: ['gru'] });
  });

  test('what is published, not measured, is called an estimate', async () => {
    const { stdout } = await benchHere(['explain', dir]);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'published ones (azure), not measured in this run: network, replay and the queries’ way are estimates.',
    );
    expect(renderRun(model, 'text')).toContain('round trip of about 190 ms');
  });

  test.each(['csv', 'json', 'openmetrics'])('bench export --format %s', async (format) => {
    const { stdout, code } = await benchHere(['export', dir, '--format', format]);
    expect(code).toBe(0);
    expect(stdout).toContain(substitute);
  });

  test('benchfmt has no white space in names', async () => {
    const { stdout } = await benchHere(['export', dir, '--format', 'benchfmt']);
    expect(stdout).toContain('/vantage=gru%20(for%20scl)/');
  });

  test.each(['text', 'json', 'markdown', 'junit', 'github'])(
    'bench gate --format %s holds it to the budget of the region that was wanted',
    async (format) => {
      const config = join(root, 'budgets.toml');
      await writeFile(config, '[bench.budgets.vantages.scl]\np50 = 10\n');
      const { stdout, stderr, code } = await benchHere([
        ...['gate', dir, '--format', format, '--config', config],
      ]);
      expect([code, stderr]).toEqual([exitCodes.regression, '']);
      expect(stdout.replaceAll('\\', '')).toContain(substitute);
    },
  );

  test('bench compare names it too', async () => {
    const { stdout } = await benchHere(['compare', dir]);
    expect(stdout).toContain(`${substitute} p50`);
  });
});

describe.skipIf(chromiumPath === undefined)('its page in Chromium', () => {
  const { openRun } = pageOpener();

  test('names it, puts it on the map, and lists the machines', async () => {
    const { page, trouble } = await openRun('page', run);
    const heads = await page.locator('.heat').first().locator('tbody th').allInnerTexts();
    expect(heads[1]).toMatch(/^gru \(for scl\)\s+Sao Paulo, Brazil\s+about 190 ms to cdg$/);
    await page.getByTitle(/^gru \(for scl\), Sao Paulo, Brazil: /).click();
    expect(await page.locator('.site.selected .label b').innerText()).toBe(substitute);
    expect(await page.locator('#map .caption').innerText()).toContain('slowest in gru (for scl)');
    expect(await page.locator('#published thead').innerText()).toContain('here, from gru');
    const machines = page.getByRole('region', { name: 'Machines' }).locator('tbody tr');
    expect(await machines.allInnerTexts()).toEqual([
      'cdg\te286500dc37e86\tcdg\tperformance-2x\t+2.3 ±0.6 ms',
      'gru (for scl)\te286501dc37e86\tgru\tperformance-2x\tnot known',
    ]);
    const method = await page.locator('#method dl').innerText();
    expect(method).toMatch(/Reached by\s+the private network \(\.internal\)/);
    expect(method).toMatch(/Distances\s+real; where a round trip is given, it is a published one/);
    expect(await page.locator('#calibration').count()).toBe(0);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('beside a vantage of its own region both can be seen, chosen and told apart', async () => {
    const { page, trouble } = await openRun('both', {
      ...run,
      vantages: ['cdg', 'gru', substitute],
    });
    for (const width of [1600, 360]) {
      await page.setViewportSize({ width, height: 900 });
      const [own, other] = await Promise.all(
        [/^gru, Sao Paulo/, /^gru \(for scl\)/].map((title) =>
          page.getByTitle(title).boundingBox(),
        ),
      );
      expect(own?.y).toBe(other?.y);
      expect((own?.x ?? NaN) + (own?.width ?? NaN)).toBeCloseTo(other?.x ?? NaN, 1);
      expect(await page.locator('.site .label:visible b').allInnerTexts()).toEqual([
        ...['cdg', 'gru', substitute],
      ]);
    }
    await page.getByTitle(/^gru, Sao Paulo/).click();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(await page.locator('.site.selected .label b').innerText()).toBe(substitute);
    expect(await page.locator('.chosen').innerText()).toContain(`in ${substitute}`);
    expect(trouble).toEqual([]);
    await page.close();
  });
});
