// The page beside its targets: size, seconds from a run folder to the file, and in Chromium the first paint, all charts,
// and a click on a cell. Three runs: the example, 100,000 samples of the default shape, and as many over 18 regions × 7
// targets. Each time is the least of several, since the machine has other work.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { packageRoot } from '../bench/base/package-root.ts';
import { launchChromium } from '../bench/test/support/chromium.ts';
import { writeSyntheticRun, type SyntheticRun } from '../bench/test/support/synthetic-run.ts';
import { regions } from '../bench/world/regions.ts';

interface Shown {
  readonly paintMs: number;
  readonly chartsMs: number;
  readonly clickMs: number;
  /** Canvases that are shown. */
  readonly charts: number;
}

const run = promisify(execFile);
const times = Number(process.argv[2] ?? 3);
const names = ['single-region', 'multi-region-single-db', 'read-replicas'];
const everywhere: SyntheticRun = {
  ...{ vantages: [...regions.keys()].slice(0, 18), rounds: 10, perBlock: 80 },
  targets: [...names, ...names.map((name) => `${name}-2`), 'mine'],
};

const folder = await mkdtemp(join(tmpdir(), 'bench-page-'));
const browser = await launchChromium();
try {
  await cp(join(packageRoot(), 'reports', 'example'), join(folder, 'example'), { recursive: true });
  await report('the example', join(folder, 'example'), 600);
  const long = { rounds: 10, perBlock: 834 };
  await report('4 × 3 × 100,000', await writeSyntheticRun(join(folder, 'long'), long), 600);
  await report('18 × 7 × 100,000', await writeSyntheticRun(join(folder, 'wide'), everywhere), 1500);
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}

async function report(what: string, dir: string, mostKb: number): Promise<void> {
  const page = join(dir, 'index.html');
  const renderS = await least(() => rendering(dir, page));
  const kb = (await stat(page)).size / 1000;
  const shown: Shown[] = [];
  for (let i = 0; i < times; i++) shown.push(await showing(browser, page));
  const best = (of: (one: Shown) => number) => Math.min(...shown.map(of));
  console.log(
    [
      `${what}: ${String(shown[0]?.charts)} charts`,
      `  size          ${kb.toFixed(0)} kB (target: ${String(mostKb)} kB)`,
      `  rendered in   ${renderS.toFixed(2)} s (target: 1.5 s)`,
      `  first paint   ${best((s) => s.paintMs).toFixed(0)} ms (target: 500 ms)`,
      `  all charts    ${best((s) => s.chartsMs).toFixed(0)} ms (target: 1500 ms)`,
      `  after a click ${best((s) => s.clickMs).toFixed(0)} ms (target: 100 ms)`,
    ].join('\n'),
  );
}

/** Seconds of the whole command, as somebody waits for it. */
async function rendering(dir: string, out: string): Promise<number> {
  const start = performance.now();
  const bench = join(packageRoot(), 'dist', 'bench.mjs');
  await run(process.execPath, [bench, 'report', dir, '--format', 'html', '--out', out]);
  return (performance.now() - start) / 1000;
}

async function least(measure: () => Promise<number>): Promise<number> {
  let found = Infinity;
  for (let i = 0; i < times; i++) found = Math.min(found, await measure());
  return found;
}

/** Counted by the browser's own clock, from the moment it was told to open the file. */
async function showing(browser: Browser, file: string): Promise<Shown> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  await page.goto(pathToFileURL(file).href);
  const shown = await page.evaluate<Shown>(`(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const drawnAfter = async (start) => {
      for (;;) {
        await frame();
        const mark = performance.getEntriesByName('charts-drawn').at(-1);
        if (mark !== undefined && mark.startTime >= start) return Math.max(mark.startTime - start, 0);
      }
    };
    const loadMs = performance.getEntriesByType('navigation')[0].loadEventEnd;
    const chartsMs = Math.max(loadMs, await drawnAfter(0));
    // The browser tells of a paint some time after it.
    const painted = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    while (painted() === undefined) await frame();
    const paintMs = painted();
    const cells = [...document.querySelectorAll('.heat button')];
    const start = performance.now();
    cells.find((cell) => cell.getAttribute('aria-pressed') !== 'true').click();
    const clickMs = await drawnAfter(start);
    const charts = [...document.querySelectorAll('canvas')].filter((c) => c.offsetParent !== null);
    return { paintMs, chartsMs, clickMs, charts: charts.length };
  })()`);
  await page.close();
  return shown;
}
