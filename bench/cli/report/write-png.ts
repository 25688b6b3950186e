import { BenchError } from '../../base/errors.ts';
import { writeNamed } from '../../samples/write-whole.ts';
import type { Io } from '../io.ts';
import { findBrowser, isProgram } from './find-browser.ts';
import { screenshot } from './screenshot.ts';

/** Throws a BenchError (usage) where this machine has no browser that can make pictures; before any work is done. */
export function neededBrowser({ env }: Io): string {
  const browser = findBrowser({ env, platform: process.platform, isProgram });
  if (browser !== undefined) return browser;
  const chosen = env['BENCH_BROWSER'] ?? '';
  throw new BenchError(
    'usage',
    chosen === ''
      ? 'A picture needs Chrome, Chromium or Edge, and none is installed here.'
      : `BENCH_BROWSER names ${chosen}, which is no program.`,
    'Install one, name one with BENCH_BROWSER=/path/to/it, or open the page (--format html) itself.',
  );
}

/** Writes a picture of the page. */
export async function writePng(
  browser: string,
  html: string,
  file: string,
  { signal }: Io,
): Promise<void> {
  const picture = await screenshot(browser, html, signal);
  await writeNamed(file, picture);
}
