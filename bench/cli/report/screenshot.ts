import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { childEnvironment } from '../../base/child-environment.ts';
import { BenchError } from '../../base/errors.ts';
import { devtoolsOf, type Devtools } from './devtools-pipe.ts';

/** CSS pixels: as wide as the page's column is on a desktop; the height is the page's. */
const width = 1280;
/** Sharp on screens of high density. */
const scale = 2;
/** A browser's own limit for one picture, in pixels. */
const tallest = 16_384;

/**
 * A PNG of a whole page (its HTML) as a browser of Chromium's family shows it on a light screen. Throws a BenchError (fault) if
 * the browser can't be started or ends, or the signal is aborted.
 */
export async function screenshot(
  browser: string,
  html: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const profile = await mkdtemp(join(tmpdir(), 'bench-browser-'));
  // Not the one in the run folder, which somebody else may own and change meanwhile.
  const page = join(profile, 'page.html');
  await writeFile(page, html);
  const child = spawn(browser, flags(profile), {
    env: childEnvironment('browser'),
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const give = () => void child.kill('SIGKILL');
  const timer = setTimeout(give, 60_000);
  signal.addEventListener('abort', give, { once: true });
  try {
    return await pictureOf(devtoolsOf(child), pathToFileURL(page).href);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', give);
    await end(child);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function flags(profile: string): string[] {
  // Chromium's sandbox refuses to work for root; the page may load nothing and runs our script only.
  const isRoot = process.getuid?.() === 0;
  return [
    ...['--headless', '--remote-debugging-pipe', `--user-data-dir=${profile}`, '--disable-gpu'],
    ...['--no-first-run', '--no-default-browser-check', '--disable-extensions', '--disable-sync'],
    ...['--disable-background-networking', '--disable-component-update', '--hide-scrollbars'],
    ...(isRoot ? ['--no-sandbox'] : []),
    'about:blank',
  ];
}

async function pictureOf(devtools: Devtools, url: string): Promise<Buffer> {
  const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank' });
  const attached = await devtools.send('Target.attachToTarget', { targetId, flatten: true });
  const session = attached['sessionId'] as string;
  const send = (method: string, params?: object) => devtools.send(method, params, session);
  const show = (height: number, deviceScaleFactor: number) =>
    send('Emulation.setDeviceMetricsOverride', {
      ...{ width, height, deviceScaleFactor, mobile: false },
    });
  await show(900, scale);
  await send('Page.enable');
  const loaded = devtools.event('Page.loadEventFired');
  const { errorText } = await send('Page.navigate', { url });
  if (typeof errorText === 'string')
    throw new BenchError('fault', `The browser could not open the page: ${errorText}.`, again);
  await loaded;
  const metrics = await send('Page.getLayoutMetrics');
  const { height } = metrics['cssContentSize'] as { height: number };
  const fitting = Math.min(scale, tallest / height);
  await show(Math.ceil(height), fitting);
  const { data } = await send('Page.captureScreenshot', { format: 'png' });
  return Buffer.from(data as string, 'base64');
}

const again = 'Render the run again with bench report RUN, and try once more.';

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
