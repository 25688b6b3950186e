import { join } from 'node:path';
import { cacheFolder } from '../../base/cache-folder.ts';
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
  readonly checksumsUrl: string;
  /** Where the binary lies in the archive. */
  readonly member: string;
}

const OFFICIAL = 'https://github.com/grafana/k6/releases/download';

/** The layout of a GitHub release; a mirror named by BENCH_K6_RELEASES has the same. */
export function releaseFor(options: K6Options): Release | undefined {
  const platform = releasePlatform(options);
  if (platform === undefined) return undefined;
  const base = `${(options.env['BENCH_K6_RELEASES'] || OFFICIAL).replace(/\/+$/, '')}/v${k6Version}`;
  const name = `k6-v${k6Version}-${platform}`;
  const archive = `${name}.${options.platform === 'darwin' ? 'zip' : 'tar.gz'}`;
  return {
    archive,
    archiveUrl: `${base}/${archive}`,
    checksumsUrl: `${base}/k6-v${k6Version}-checksums.txt`,
    member: `${name}/k6`,
  };
}
