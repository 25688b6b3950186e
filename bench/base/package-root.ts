import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package, from wherever the code runs: sources, or a bundle in dist/. */
export function packageRoot(from: string = import.meta.url): string {
  let folder = dirname(fileURLToPath(from));
  while (!existsSync(join(folder, 'bench')) || !existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${from}`);
    folder = parent;
  }
  return folder;
}

/** The programs that run as processes of their own, bundled by scripts/build.mjs. */
export type Program = 'app' | 'network' | 'link-probe' | 'guard' | 'private-network' | 'reader';

export function programPath(program: Program): string {
  return join(packageRoot(), 'dist', `${program}.mjs`);
}
