import type { Browser, Page } from 'playwright-core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { loadReport } from '../../cli/load-report.ts';
import type { ReportModel, ReportOptions } from '../../report/model.ts';
import { pageIn, renderFiles, writeReports } from '../../report/write-reports.ts';
import { launchChromium } from './chromium.ts';
import { writeSyntheticRun, type SyntheticRun } from './synthetic-run.ts';

/** A page as a browser shows it. */
export interface Opened {
  readonly page: Page;
  readonly model: ReportModel;
  /** Console messages, errors, dialogs and requests beyond the file itself. */
  readonly trouble: readonly string[];
}

export interface View {
  readonly width?: number;
  readonly dark?: boolean;
  readonly options?: ReportOptions;
}

/** A browser for the tests of a file, and a folder for their runs: gives what opens the page of a synthetic run. */
export function pageOpener(): {
  root: () => string;
  openRun: (name: string, run: SyntheticRun, view?: View) => Promise<Opened>;
  openFile: (file: string, view?: View) => Promise<Omit<Opened, 'model'>>;
} {
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
  const openFile = (file: string, view: View = {}) => openIn(browser, file, view);
  /** Most tests look at the same few runs: each is made once. */
  const reports = new Map<string, Promise<Report>>();
  return {
    root: () => root,
    openFile,
    openRun: async (name, run, view = {}) => {
      const key = JSON.stringify([run, view.options]);
      const made = reports.get(key) ?? makeReport(join(root, name), run, view.options);
      reports.set(key, made);
      const { model, file } = await made;
      return { model, ...(await openFile(file, view)) };
    },
  };
}

interface Report {
  readonly model: ReportModel;
  /** The page. */
  readonly file: string;
}

async function makeReport(
  folder: string,
  run: SyntheticRun,
  options: ReportOptions = {},
): Promise<Report> {
  const dir = await writeSyntheticRun(folder, run);
  const { model } = await loadReport(dir, () => Promise.resolve(options));
  await writeReports(dir, renderFiles(model));
  return { model, file: pageIn(dir) };
}

async function openIn(browser: Browser, file: string, { width = 1600, dark = false }: View) {
  const url = pathToFileURL(file).href;
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
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
  // Those below the fold are drawn a moment later; the list of runs has none.
  await page.evaluate(`new Promise((resolve) => {
    const isDrawn = () =>
      document.querySelector('canvas') === null ||
      performance.getEntriesByName('charts-drawn').length > 0;
    const look = () => (isDrawn() ? resolve() : setTimeout(look, 5));
    look();
  })`);
  return { page, trouble };
}
