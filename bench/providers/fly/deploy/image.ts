import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchError } from '../../../base/errors.ts';
import { packageRoot, programPath } from '../../../base/package-root.ts';
import type { Build } from './deploy-plan.ts';

/** The recipe app's image, as it is built now. Throws (usage) if the app is not bundled. */
export async function appImage(root: string = packageRoot()): Promise<Build> {
  const dockerfile = join(root, 'bench', 'app', 'Dockerfile');
  const hash = createHash('sha256').update(await readFile(dockerfile));
  try {
    hash.update(await readFile(programPath('app')));
  } catch {
    throw new BenchError('usage', 'dist/app.mjs is not built.', 'Build it: npm run build.');
  }
  return {
    context: root,
    dockerfile,
    ignoreFile: join(root, 'bench', 'app', 'Dockerfile.dockerignore'),
    hash: hash.digest('hex'),
  };
}
