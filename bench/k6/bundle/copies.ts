import type { Plugin } from 'esbuild';
import { join } from 'node:path';
import { packageRoot } from '../../base/package-root.ts';

/** What the copies of a script are made of. */
export interface Copied {
  /** With its globals free, as {@link compileOwnScript} makes it. */
  readonly code: string;
  /** The script's own folder, to which its paths are relative. */
  readonly folder: string;
  /** Contents (base64) of what it opens, by path, for vantages without that folder. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Makes `bench-copy:SCENARIO/TARGET` importable: the n-th scenario's script with the globals of one target. A module is
 * evaluated once, and `TARGET_URL` may be read where it begins.
 */
export function copiesOf(copied: (scenario: number) => Copied, targets: readonly string[]): Plugin {
  const resolveDir = join(packageRoot(), 'bench', 'scenarios');
  return {
    name: 'copies',
    setup: (build) => {
      build.onResolve({ filter: /^bench-(copy|context):/ }, ({ path }) => {
        const [namespace = '', rest = ''] = path.split(':');
        return { namespace, path: rest };
      });
      build.onLoad({ filter: /.*/, namespace: 'bench-copy' }, ({ path }) => {
        const [scenario = ''] = path.split('/');
        return {
          contents: `import { env as __bench_env, open as __bench_open, resolve as __bench_resolve } from 'bench-context:${path}'; ${copied(Number(scenario)).code}`,
          loader: 'js',
          resolveDir,
        };
      });
      build.onLoad({ filter: /.*/, namespace: 'bench-context' }, ({ path }) => {
        const [scenario = '', target = ''] = path.split('/');
        const { folder, files } = copied(Number(scenario));
        const args = [targets[Number(target)] ?? '', folder, files].map((arg) =>
          JSON.stringify(arg),
        );
        return {
          contents: `import { contextOf } from './k6lib/own/context.ts'; export const { env, open, resolve } = contextOf(${args.join(', ')});`,
          loader: 'ts',
          resolveDir,
        };
      });
    },
  };
}
