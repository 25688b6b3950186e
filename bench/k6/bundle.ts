import type { BuildFailure } from 'esbuild';
import { isAbsolute, join } from 'node:path';
import { BenchError } from '../base/errors.ts';
import { packageRoot } from '../base/package-root.ts';

/** Turns k6 scenario sources (TypeScript) into the one script that a vantage runs. */
export async function bundleScenarios(
  scenarios: readonly { readonly name: string; readonly file: string }[],
): Promise<string> {
  const folder = join(packageRoot(), 'bench', 'scenarios');
  const files = scenarios.map(({ file }) => (isAbsolute(file) ? file : join(folder, file)));
  // Only runs need it, and every command would wait for it.
  const { build } = await import('esbuild');
  try {
    const { outputFiles } = await build({
      stdin: { contents: entry(files), resolveDir: folder, loader: 'ts' },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      target: 'es2022',
      external: ['k6', 'k6/*', 'https://*'],
      logLevel: 'silent',
    });
    return outputFiles[0]?.text ?? '';
  } catch (error) {
    throw new BenchError(
      'usage',
      `The scenario does not compile: ${whatFailed(error)}`,
      'Correct the script.',
    );
  }
}

/** The function of the bundle that runs the n-th scenario. */
export const execName = (index: number): string => `scenario${index}`;

/** Wraps each scenario's default function; a script's own setup runs before the agreed start. */
function entry(files: readonly string[]): string {
  const each = (line: (path: string, index: number) => string) =>
    files.map((f, i) => line(JSON.stringify(f), i));
  return [
    `import { jitter, seedVu, waitForStart } from './k6lib/schedule.ts';`,
    ...each((path, i) => `import * as module${i} from ${path};`),
    `seedVu();`,
    `const modules = [${files.map((_, i) => `module${i}`).join(', ')}] as any[];`,
    `export function setup() { const data = modules.map((m) => m.setup?.()); waitForStart(); return data; }`,
    `export function teardown(data) { modules.forEach((m, i) => m.teardown?.(data[i])); }`,
    ...each(
      (_, i) =>
        `export function ${execName(i)}(data) { jitter(); return modules[${i}].default(data[${i}]); }`,
    ),
  ].join('\n');
}

function whatFailed(error: unknown): string {
  const [first] = (error as BuildFailure).errors;
  if (first === undefined) return String(error);
  const at = first.location ? `${first.location.file}:${first.location.line}: ` : '';
  return at + first.text;
}
