import type { BuildFailure, BuildOptions, BuildResult } from 'esbuild';
import { dirname, isAbsolute, join } from 'node:path';
import { BenchError } from '../base/errors.ts';
import { packageRoot } from '../base/package-root.ts';
import { withCleanEnvironment } from './bundle/clean-environment.ts';
import { entryOf, type EntryScenario } from './bundle/entry.ts';
import { compileOwnScript, type OwnCode } from './bundle/own-code.ts';
import { copiesOf } from './bundle/copies.ts';
import { digestOfScript } from './bundle/script-digest.ts';
import type { ScriptDigest } from '../samples/manifest.ts';

/** A workload to be bundled. */
export interface BundledScenario {
  readonly name: string;
  /** Absolute, or relative to `bench/scenarios/`. */
  readonly file: string;
  /** A k6 script of the user's, which is run with all that belongs to it. */
  readonly own?: boolean | undefined;
}

/** The one script that a vantage runs, and what is known of it without running it. */
export interface Bundle {
  readonly script: string;
  /** Modules of k6 that users' scripts import: `k6/http`, `k6/ws`. */
  readonly imports: readonly string[];
  /** What users' scripts read of `__ENV`, by name. */
  readonly envNames: readonly string[];
  /** It opens files of its folder. */
  readonly opensFiles: boolean;
  /** A user's script makes a summary of its own, so that k6 has to make one. */
  readonly hasSummary: boolean;
  /** The sources of the workloads, by their names. */
  readonly digests: Readonly<Record<string, ScriptDigest>>;
}

/**
 * Turns k6 scenario sources (TypeScript or JavaScript) into the one script that a vantage runs. A user's script is there
 * once for each target. `files`: contents (base64) of what it opens, by path, for vantages that lack its folder.
 * Throws a BenchError (usage) with file and line for what does not compile.
 */
export async function bundleScenarios(
  scenarios: readonly BundledScenario[],
  targets: readonly string[] = [],
  files: Readonly<Record<string, string>> = {},
): Promise<Bundle> {
  // Only runs need it, and every command would wait for it.
  const { build, stop } = await import('esbuild');
  bundling += 1;
  try {
    return await bundleWith(build, scenarios, targets, files);
  } finally {
    bundling -= 1;
    // Its process would stay for as long as we do; and for ever, should it be stopped when we die.
    if (bundling === 0) await stop();
  }
}

/** How many bundles are being made: all by one process of esbuild. */
let bundling = 0;

async function bundleWith(
  build: (options: BuildOptions) => Promise<BuildResult>,
  scenarios: readonly BundledScenario[],
  targets: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<Bundle> {
  const folder = join(packageRoot(), 'bench', 'scenarios');
  const compiled = (options: BuildOptions) =>
    withCleanEnvironment(() => build(options)).catch(refuse);
  const own = new Map<number, OwnCode>();
  for (const [index, { file, own: isOwn }] of scenarios.entries())
    if (isOwn === true) own.set(index, await compileOwnScript(file, compiled));
  const entry = scenarios.map(({ file }, index): EntryScenario => {
    const code = own.get(index);
    if (code === undefined)
      return { kind: 'shipped', file: isAbsolute(file) ? file : join(folder, file) };
    return { kind: 'own', targets, readsBodies: code.readsBodies, hasSummary: code.hasSummary };
  });
  const result = await compiled({
    stdin: { contents: entryOf(entry), resolveDir: folder, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    external: ['k6', 'k6/*', 'https://*'],
    plugins: [
      copiesOf((index) => {
        const code = own.get(index);
        const file = scenarios[index]?.file ?? '';
        return { code: code?.text ?? '', folder: dirname(file), files };
      }, targets),
    ],
    // What ships is the same script wherever it is bundled.
    ...(own.size === 0
      ? { absWorkingDir: packageRoot() }
      : { sourcemap: 'inline', sourcesContent: false }),
    logLevel: 'silent',
  });
  const digests = await Promise.all(
    scenarios.map(async ({ name, file }, index) => {
      const path = isAbsolute(file) ? file : join(folder, file);
      return [name, await digestOfScript(path, own.get(index)?.inputs)] as const;
    }),
  );
  return {
    digests: Object.fromEntries(digests),
    script: result.outputFiles?.[0]?.text ?? '',
    imports: [...new Set([...own.values()].flatMap(({ imports }) => imports))],
    envNames: [...new Set([...own.values()].flatMap((code) => code.envNames))],
    opensFiles: [...own.values()].some(({ text }) => text.includes('__bench_open(')),
    hasSummary: [...own.values()].some(({ hasSummary }) => hasSummary),
  };
}

/** The function of the bundle that runs the n-th scenario. */
export const execName = (index: number): string => `scenario${index}`;

function refuse(error: unknown): never {
  const [first] = (error as Partial<BuildFailure>).errors ?? [];
  if (first === undefined) throw error;
  const at = first.location ? `${first.location.file}:${first.location.line}: ` : '';
  const builtin = /Could not resolve "(node:)?(\w+)"/.exec(first.text)?.[2];
  throw new BenchError(
    'usage',
    `The script does not compile: ${at}${first.text}`,
    builtin !== undefined && nodeModules.has(builtin)
      ? `k6 is not Node.js: ${nodeModules.get(builtin) ?? ''}`
      : 'Correct the script.',
    { cause: error },
  );
}

/** What serves in k6 where people reach for a module of Node's. */
const nodeModules = new Map([
  ['crypto', 'use k6/crypto, or the global crypto of WebCrypto.'],
  ['fs', 'use open() where the file begins, or k6/experimental/fs.'],
  ['http', 'use k6/http.'],
  ['https', 'use k6/http.'],
  ['net', 'use k6/net/grpc or k6/websockets.'],
  ['path', 'join paths as text, or import a package that needs no Node.js.'],
  ['process', 'use __ENV, which holds what --env gives.'],
  ['buffer', 'use ArrayBuffer and k6/encoding.'],
  ['url', 'import { URL } from "https://jslib.k6.io/url/1.0.0/index.js".'],
  ['util', 'import a package that needs no Node.js.'],
  ['child_process', 'it starts no programs.'],
  ['os', 'it has no such module.'],
]);
