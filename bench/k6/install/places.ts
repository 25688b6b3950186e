import { join } from 'node:path';
import { cacheFolder } from '../../base/cache-folder.ts';
import { BenchError } from '../../base/errors.ts';
import type { K6Options } from './options.ts';
import { k6Version } from './version.ts';

const systems: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'macos' };
const processors: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** `linux-amd64`, as k6's releases spell it; undefined where there is no release that we know to unpack. */
export function releasePlatform({ platform, arch }: K6Options): string | undefined {
  const system = systems[platform];
  const processor = processors[arch];
  return system === undefined || processor === undefined ? undefined : `${system}-${processor}`;
}

/** The folder that all k6 of this project on this machine live in. Temporary ones lie there too: renaming needs one disk. */
export function k6Folder(options: K6Options): string {
  return join(cacheFolder(options), 'k6');
}

/** `…/k6/v2.2.0-linux-amd64/k6`: the version is in the path, so that a new pin never finds an old binary. */
export function cachedBinary(options: K6Options): string {
  const platform = releasePlatform(options) ?? `${options.platform}-${options.arch}`;
  return join(k6Folder(options), `v${k6Version}-${platform}`, 'k6');
}

/** A release's files, by their addresses. */
export interface Release {
  readonly archive: string;
  readonly archiveUrl: string;
  /** What the archive must have. */
  readonly sha256: string;
  /** Where the binary lies in the archive. */
  readonly member: string;
}

const OFFICIAL = 'https://github.com/grafana/k6/releases/download';

/**
 * The layout of a GitHub release; a mirror named by BENCH_K6_RELEASES has the same. Undefined where there is none, or
 * none whose hash is known. Throws a BenchError (usage) for a mirror without https.
 */
export function releaseFor(options: K6Options): Release | undefined {
  const platform = releasePlatform(options);
  const sha256 = options.hashes.get(platform ?? '');
  if (platform === undefined || sha256 === undefined) return undefined;
  const base = `${mirrorOf(options.env).replace(/\/+$/, '')}/v${k6Version}`;
  const name = `k6-v${k6Version}-${platform}`;
  const archive = `${name}.${options.platform === 'darwin' ? 'zip' : 'tar.gz'}`;
  return {
    archive,
    archiveUrl: `${base}/${archive}`,
    sha256,
    member: `${name}/k6`,
  };
}

function mirrorOf(env: NodeJS.ProcessEnv): string {
  const mirror = env['BENCH_K6_RELEASES'] ?? '';
  if (mirror === '') return OFFICIAL;
  if (isHttps(mirror)) return mirror;
  throw new BenchError(
    'usage',
    `BENCH_K6_RELEASES=${withoutUser(mirror)} is not an https address.`,
    'Name a mirror that is reached by https, unset it, or set K6_PATH to a k6.',
  );
}

export const isHttps = (url: string): boolean =>
  URL.canParse(url) && new URL(url).protocol === 'https:';

/** A password may stand before an @. */
const withoutUser = (url: string): string => url.replace(/[^/@]*@/g, '***@');
