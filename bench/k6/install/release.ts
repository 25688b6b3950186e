import { join } from 'node:path';
import { childEnvironment } from '../../base/child-environment.ts';
import { BenchError } from '../../base/errors.ts';
import { runCommand } from './command.ts';
import { download } from './download.ts';
import type { InstallEvents, K6Options } from './options.ts';
import { placeBinary } from './place-binary.ts';
import { releaseFor, releasePlatform, type Release } from './places.ts';
import { k6Version } from './version.ts';

/**
 * Installs the official release into the cache; its path. Rejects with an Error that says why not, after which
 * another way may be tried. An archive without the hash that is pinned here is a BenchError (fault) and must stop
 * everything: then someone serves a changed or damaged k6, which a person has to know, and which must not turn into a
 * silent detour.
 */
export async function installRelease(
  options: K6Options,
  events: InstallEvents,
  signal: AbortSignal,
): Promise<string> {
  const release = releaseFor(options);
  if (release === undefined) throw new Error(whyNone(options));
  return placeBinary(options, async (folder) => {
    const archive = join(folder, release.archive);
    events.note(`Downloading k6 ${k6Version}, once: it is kept for later runs.`);
    const progress = (done: number, total?: number) => {
      events.progress(done, total);
    };
    const found = await download(release.archiveUrl, archive, options, progress, signal);
    if (found !== release.sha256) throw mismatch(release, found);
    await unpack(archive, folder, options, signal);
    return join(folder, release.member);
  });
}

/** Said where another way follows. */
function whyNone(options: K6Options): string {
  const platform = releasePlatform(options);
  return platform === undefined
    ? `none for ${options.platform} on ${options.arch}`
    : `the hash of k6 ${k6Version} for ${platform} is not known here, so it is not downloaded`;
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

function mismatch({ archiveUrl, sha256 }: Release, found: string): BenchError {
  return new BenchError(
    'fault',
    `${archiveUrl} is not the k6 ${k6Version} that Grafana published: SHA-256 ${found} instead of ${sha256}. It was deleted.`,
    'Try again; if it stays so, report it to those who run that host, and set K6_PATH to a k6 from elsewhere.',
  );
}
