// Bundles every program that runs as a process of its own into dist/. See scripts/README.md.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { landPath } from './land.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * name in dist/ -> entry. The command starts anew at each call, so it is one file without the blanks and with its source
 * map beside it; esbuild and open need files of their own packages.
 */
const programs = {
  bench: { entry: 'bench/cli/bin.ts' },
  command: {
    entry: 'bench/cli/command.ts',
    options: {
      external: ['esbuild', 'open', 'undici'],
      minifyWhitespace: true,
      minifySyntax: true,
      sourcemap: 'linked',
    },
  },
  app: { entry: 'bench/app/main.ts' },
  network: { entry: 'bench/providers/local/network/main.ts' },
  'link-probe': { entry: 'bench/providers/local/link-probe/main.ts' },
  guard: { entry: 'bench/providers/local/guard/main.ts' },
  reader: { entry: 'bench/cli/load-run/reader.ts' },
  'private-network': { entry: 'bench/providers/local/private-network.ts' },
};

const node = { platform: 'node', format: 'esm', target: 'node20', sourcemap: 'inline' };
const browser = { platform: 'browser', format: 'iife', target: 'es2022', minify: true };
// CommonJS packages inside an ES module bundle still call require() for Node's own modules.
const require =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

async function bundle(options, outfile) {
  const { outputFiles } = await build({
    bundle: true,
    write: false,
    outfile: `${root}dist/${outfile}`,
    absWorkingDir: root,
    logLevel: 'warning',
    ...options,
  });
  for (const { path, contents } of outputFiles) await put(basename(path), contents);
}

/** Renamed into place, so that a process starting meanwhile never reads half a file. */
async function put(outfile, contents) {
  const file = `${root}dist/${outfile}`;
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${String(process.pid)}`;
  await writeFile(unfinished, contents, { mode: 0o755 });
  await rename(unfinished, file);
}

await Promise.all([
  landPath().then((path) => put('land.txt', path)),
  ...Object.entries(programs)
    .filter(([, { entry }]) => existsSync(root + entry))
    .map(([name, { entry, options }]) =>
      bundle(
        {
          ...node,
          entryPoints: [entry],
          ...options,
          banner: { js: (name === 'bench' ? '#!/usr/bin/env node\n' : '') + require },
        },
        `${name}.mjs`,
      ),
    ),
  ...(existsSync(`${root}bench/report/page/main.ts`)
    ? [bundle({ ...browser, entryPoints: ['bench/report/page/main.ts'] }, 'page.js')]
    : []),
]);
