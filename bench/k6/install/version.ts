/** The k6 that everything here was written and measured with; the one that `@types/k6` describes (a test says so). */
export const k6Version = '2.2.0';

/** How a k6 compares with the pinned one. */
export type Likeness = 'same' | 'other-patch' | 'other-minor' | 'other-major';

/**
 * The version in what `k6 version` prints, such as `k6 v2.2.0 (go1.26.8, linux/amd64)`; undefined for anything else. In
 * the place of `k6` stands the name of its file, up to the first blank.
 */
export function versionIn(output: string): string | undefined {
  return /^\S* ?v(\d+\.\d+\.\d+\S*) \([^()]*\bgo\d[^()]*\)/.exec(output)?.[1];
}

export function likeness(version: string, pinned: string = k6Version): Likeness {
  if (version === pinned) return 'same';
  const [major, minor] = version.split('.');
  const [wantedMajor, wantedMinor] = pinned.split('.');
  if (major !== wantedMajor) return 'other-major';
  return minor === wantedMinor ? 'other-patch' : 'other-minor';
}
