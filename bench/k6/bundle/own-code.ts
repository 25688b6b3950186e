import type { BuildOptions, BuildResult } from 'esbuild';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packageRoot } from '../../base/package-root.ts';
import { envNames } from './env-names.ts';

/** A user's script as one module that still lacks its globals, and what can be seen of it. */
export interface OwnCode {
  /** JavaScript with `__bench_env`, `__bench_open` and `__bench_resolve` free. */
  readonly text: string;
  /** Modules of k6 that it imports. */
  readonly imports: readonly string[];
  /** What it reads of `__ENV`. */
  readonly envNames: readonly string[];
  /** It may look into the bodies of answers, so that k6 has to keep them. */
  readonly readsBodies: boolean;
  readonly hasSummary: boolean;
  /** Absolute paths of it and of what it imports, without what is ours. */
  readonly inputs: readonly string[];
}

/** Modules of k6 that a script gets from us. */
const replaced: Readonly<Record<string, string>> = {
  k6: 'k6.ts',
  'k6/http': 'http.ts',
  'k6/experimental/fs': 'fs.ts',
};

type Build = (options: BuildOptions) => Promise<BuildResult>;

/** Compiles a script with all that it imports. */
export async function compileOwnScript(file: string, build: Build): Promise<OwnCode> {
  const shims = join(packageRoot(), 'bench', 'scenarios', 'k6lib');
  const imports = new Set<string>();
  const result = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    absWorkingDir: process.cwd(),
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    external: ['https://*'],
    // Each target's copy has its own; a script's own variables of these names are not touched.
    define: {
      __ENV: '__bench_env',
      open: '__bench_open',
      'import.meta.resolve': '__bench_resolve',
    },
    sourcemap: 'inline',
    sourcesContent: false,
    // Absolute, for messages.
    sourceRoot: '/',
    outdir: '/',
    logLevel: 'silent',
    plugins: [
      {
        name: 'k6',
        setup: (plugins) => {
          plugins.onResolve({ filter: /^k6(\/|$)/ }, ({ path, importer }) => {
            if (importer.startsWith(shims)) return { path, external: true };
            imports.add(path);
            const shim = Object.hasOwn(replaced, path) ? replaced[path] : undefined;
            return shim === undefined
              ? { path, external: true }
              : { path: join(shims, 'own', shim) };
          });
        },
      },
    ],
  });
  const text = result.outputFiles?.find(({ path }) => path.endsWith('.js'))?.text ?? '';
  const exported = Object.values(result.metafile?.outputs ?? {}).flatMap((one) => one.exports);
  return {
    text,
    imports: [...imports],
    envNames: envNames(text, '__bench_env'),
    inputs: Object.keys(result.metafile?.inputs ?? {})
      .map((path) => resolve(path))
      .filter((path) => !path.startsWith(shims) && existsSync(path)),
    readsBodies: mayReadBodies(text),
    hasSummary: exported.includes('handleSummary') || /\bhandleSummary\b/.test(text),
  };
}

/** In doubt they are kept: that costs memory, no figure. */
const mayReadBodies = (text: string): boolean =>
  /\b(body|json|html|submitForm|clickLink)\b/.test(text.replace(/^\/\/# sourceMappingURL.*$/m, ''));
