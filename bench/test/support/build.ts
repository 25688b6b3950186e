import { execFileSync } from 'node:child_process';
import { ensureK6 } from '../../k6/install.ts';
import './chromium.ts';

/** Tests start real processes from dist/, so it must be what the sources say; and they run the real k6, and a browser. */
export default async function build(): Promise<void> {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  await ensureK6(
    {
      note: (text) => {
        console.error(text);
      },
      progress: () => undefined,
    },
    new AbortController().signal,
  );
}
