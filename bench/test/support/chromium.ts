import packaged from '@sparticuz/chromium';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const installed = [
  process.env['BENCH_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** An npm package holds one for this platform, which unpacks itself into the folder for temporary files. */
const isPackaged = process.platform === 'linux' && process.arch === 'x64';

/** A Chromium, installed or packaged; undefined where there is neither, and tests that need one are skipped by name. */
export const chromiumPath: string | undefined =
  installed ?? (isPackaged ? await unpacked() : undefined);

/** Each user has one, which nobody else can run; it is there before the first test (build.ts), as half of one is not. */
async function unpacked(): Promise<string> {
  const before = process.env['TMPDIR'];
  const folder = join(tmpdir(), `bench-chromium-${process.getuid?.() ?? 0}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  process.env['TMPDIR'] = folder;
  try {
    return await packaged.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

/** A browser that keeps to itself: nothing of its own goes over the network. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: [
      // The packaged one is built for machines without a screen, or a sandbox.
      ...(installed === undefined ? packaged.args : []),
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}
