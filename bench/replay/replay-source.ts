/** The fields of `fly-replay-src`: `instance=…;region=cdg;t=…;state=http_method`. */
export interface ReplaySource {
  readonly instance?: string;
  readonly region?: string;
  readonly t?: string;
  readonly state?: string;
}

/** Reads the header; an absent or malformed one has no fields. */
export function parseReplaySource(header: string | undefined): ReplaySource {
  const fields = (header ?? '').split(';').map((field) => {
    const at = field.indexOf('=');
    return [field.slice(0, Math.max(at, 0)).trim(), field.slice(at + 1).trim()] as const;
  });
  return Object.fromEntries(fields.filter(([name]) => name !== ''));
}
