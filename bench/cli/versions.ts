import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, platform, release } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../base/child-environment.ts';
import { packageRoot } from '../base/package-root.ts';
import type { Manifest } from '../samples/manifest.ts';

const run = promisify(execFile);

/** This package's version. */
export function benchVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** What was in use, for the manifest. The commit is that of the folder in which the command was typed. */
export async function versionsInUse(k6: string): Promise<Manifest['versions']> {
  const gitSha = await run('git', ['rev-parse', 'HEAD'], { env: childEnvironment('tool') }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
  return {
    bench: benchVersion(),
    node: process.version,
    k6,
    os: `${platform()} ${arch()} ${release()}`,
    ...(gitSha === undefined ? {} : { gitSha }),
  };
}
