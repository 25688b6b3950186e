import { execFileSync } from 'node:child_process';

/** Tests start real processes from dist/, so it must be what the sources say. */
export default function build(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
}
