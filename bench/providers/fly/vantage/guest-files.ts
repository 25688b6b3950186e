import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { packageRoot } from '../../../base/package-root.ts';
import type { WaitingJob } from '../../../k6/job.ts';
import type { GuestFile } from '../machines-api.ts';
import { partFile } from './part-file.ts';

/** Where everything is that is put into a machine before it boots. */
export const guestFolder = '/bench';

/** The programs of the guest as they are. */
const guestPrograms = ['entry.sh', 'vantage.sh', 'pack.awk', 'put.js'] as const;

/** Everything that a machine runs the first part of a job with; below 50 kB for plans of usual size. */
export async function guestFiles(job: WaitingJob): Promise<GuestFile[]> {
  const programs = guestPrograms.map(
    async (name) => [name, await readFile(join(programFolder(), name))] as const,
  );
  const contents = await Promise.all([
    ...programs,
    readFile(job.bundle).then(
      async (script) => ['script.js.gz', await promisify(gzip)(script)] as const,
    ),
    partFile(job).then((part) => ['part.0.gz', part] as const),
  ]);
  return contents.map(([name, content]) => ({
    guest_path: `${guestFolder}/${name}`,
    raw_value: content.toString('base64'),
    mode: 0o755,
  }));
}

/** The package's own folder, from sources and from a bundle alike. */
export const programFolder = (): string =>
  join(packageRoot(), 'bench', 'providers', 'fly', 'guest');
