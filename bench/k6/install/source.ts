import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../base/package-root.ts';
import { runCommand } from './command.ts';
import { checkGo, goEnvironment } from './go.ts';
import type { InstallEvents, K6Options } from './options.ts';
import { placeBinary } from './place-binary.ts';
import { k6Version } from './version.ts';

/**
 * Builds k6 with Go into the cache; its path. `bench/k6/build/` pins every module with its hash. (`go install
 * …@version` ignores pins, and fails behind proxies that have only some versions.)
 * Rejects with an Error that says why not.
 */
export async function buildFromSource(
  options: K6Options,
  why: string,
  events: InstallEvents,
  signal: AbortSignal,
): Promise<string> {
  const go = await checkGo(options, signal);
  events.note(
    `Building k6 ${k6Version} with Go ${go}, because ${why}. This takes a minute or two, once: it is kept for later runs.`,
  );
  return placeBinary(options, async (folder) => {
    for (const file of ['go.mod', 'go.sum'])
      await copyFile(join(packageRoot(), 'bench', 'k6', 'build', file), join(folder, file));
    const { code, output } = await runCommand(
      'go',
      ['build', '-mod=readonly', '-trimpath', '-o', 'k6', 'go.k6.io/k6/v2'],
      { cwd: folder, env: buildEnvironment(options.env, folder) },
      signal,
    );
    if (code !== 0) throw new Error(`go build failed: ${lastLine(output)}`);
    return join(folder, 'k6');
  });
}

/**
 * For this machine whatever the user cross-compiles for, static, and outside of any workspace around the cache. Its
 * intermediate files lie in the folder too, so that a stopped build leaves none of them behind.
 */
function buildEnvironment(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  const native = { GOOS: undefined, GOARCH: undefined, CGO_ENABLED: '0' };
  const own = { ...native, GO111MODULE: 'on', GOWORK: 'off', GOTMPDIR: folder };
  return goEnvironment(env, own);
}

function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.findLast((line) => !line.startsWith('go: downloading')) ?? 'it says nothing';
}
