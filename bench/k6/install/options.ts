import type { Millis } from '../../base/units.ts';
import { hashedVersion, releaseHashes } from './release-hashes.ts';
import { k6Version } from './version.ts';

/** Where k6 is looked for, and how long is waited; everything that the outside decides. */
export interface K6Options {
  /** K6_PATH, PATH, HOME, XDG_CACHE_HOME, BENCH_K6_RELEASES, and the proxy variables. */
  readonly env: NodeJS.ProcessEnv;
  /** SHA-256 of the published archives by platform; one without is built, never downloaded. */
  readonly hashes: ReadonlyMap<string, string>;
  /** Certificate authorities in place of Node's own. */
  readonly ca?: string | undefined;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Ends what is asked for its version. */
  readonly signal?: AbortSignal;
  readonly limits: {
    /** To open a connection to the release host. */
    readonly connectMs: Millis;
    /** Without a byte from it. */
    readonly stallMs: Millis;
    /** For a whole download. */
    readonly totalMs: Millis;
  };
}

/** What happens while k6 is got; for a person who waits. */
export interface InstallEvents {
  note(text: string): void;
  progress(doneBytes: number, totalBytes?: number): void;
}

export function defaultOptions(): K6Options {
  return {
    env: process.env,
    hashes: hashedVersion === k6Version ? releaseHashes : new Map(),
    platform: process.platform,
    arch: process.arch,
    limits: { connectMs: 5_000, stallMs: 8_000, totalMs: 600_000 },
  };
}
