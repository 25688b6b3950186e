import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childEnvironment } from '../../base/child-environment.ts';
import { BenchError } from '../../base/errors.ts';
import { checksumOf } from './checksums.ts';
import { runCommand } from './command.ts';
import { download } from './download.ts';
import type { InstallEvents, K6Options } from './options.ts';
import { placeBinary } from './place-binary.ts';
import { releaseFor, type Release } from './places.ts';
import { k6Version } from './version.ts';

/**
 * Installs the official release into the cache; its path. Rejects with an Error that says why not, after which
 * another way may be tried. A checksum that does not match is a BenchError (fault) and must stop everything: then
 * someone serves a changed or damaged k6, which a person has to know, and which must not turn into a silent detour.
 */
export async function installRelease(
  options: K6Options,
  events: InstallEvents,
  signal: AbortSignal,
): Promise<string> {
  const release = releaseFor(options);
  if (release === undefined) throw new Error(`none for ${options.platform} on ${options.arch}`);
  return placeBinary(options, async (folder) => {
    const checksum = await publishedChecksum(release, folder, options, signal);
    const archive = join(folder, release.archive);
    events.note(`Downloading k6 ${k6Version}, once: it is kept for later runs.`);
    const progress = (done: number, total?: number) => {
      events.progress(done, total);
    };
    const found = await download(release.archiveUrl, archive, options, progress, signal);
    if (found !== checksum) throw mismatch(release, checksum, found);
    await unpack(archive, folder, options, signal);
    return join(folder, release.member);
  });
}

async function publishedChecksum(
  release: Release,
  folder: string,
  options: K6Options,
  signal: AbortSignal,
): Promise<string> {
  const file = join(folder, 'checksums.txt');
  await download(release.checksumsUrl, file, options, () => undefined, signal);
  const checksum = checksumOf(release.archive, await readFile(file, 'utf8'));
  if (checksum === undefined)
    throw new Error(`${release.checksumsUrl} has no checksum of ${release.archive}`);
  return checksum;
}

/** `tar` reads zip archives too on macOS, the only place where the release is one. */
async function unpack(archive: string, folder: string, { env }: K6Options, signal: AbortSignal) {
  const { code, output } = await runCommand(
    'tar',
    ['-xf', archive, '-C', folder],
    { env: childEnvironment('tool', {}, env) },
    signal,
  );
  if (code !== 0) throw new Error(`${archive} can't be unpacked: ${output.trim()}`);
}

function mismatch({ archiveUrl }: Release, published: string, found: string): BenchError {
  return new BenchError(
    'fault',
    `${archiveUrl} is not what its release published: SHA-256 ${found} instead of ${published}. It was deleted.`,
    'Try again; if it stays so, tell whoever runs that host, and use K6_PATH with a k6 from elsewhere.',
  );
}
