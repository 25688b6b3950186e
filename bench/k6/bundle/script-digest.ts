import { readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { sha256Of } from '../../samples/file-digest.ts';
import type { ScriptDigest } from '../../samples/manifest.ts';

/** The digest of a script and of all that it imports; `inputs`: absolute paths. */
export async function digestOfScript(
  file: string,
  inputs: readonly string[] = [],
): Promise<ScriptDigest> {
  const others = inputs.filter((input) => input !== file).sort();
  const imports = await Promise.all(
    others.map(async (input) => [nameOf(file, input), sha256Of(await readFile(input))] as const),
  );
  return {
    sha256: sha256Of(await readFile(file)),
    ...(imports.length === 0 ? {} : { imports: Object.fromEntries(imports) }),
  };
}

const nameOf = (file: string, input: string): string =>
  relative(dirname(file), input).replaceAll('\\', '/');
