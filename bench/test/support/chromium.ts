import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** An installed Chromium; undefined where there is none, and tests that need one are skipped by name. */
export const chromiumPath: string | undefined = [
  process.env['BENCH_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** A browser that keeps to itself: nothing of its own goes over the network. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}
