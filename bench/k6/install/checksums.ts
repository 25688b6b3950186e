/** The SHA-256 of a file as the release's checksums file (`sha256sum` format) gives it; undefined if it gives none. */
export function checksumOf(file: string, checksums: string): string | undefined {
  for (const line of checksums.split('\n')) {
    const [, hash, name] = /^([0-9a-fA-F]{64}) [ *](?:\.\/)?(\S+)\s*$/.exec(line) ?? [];
    if (name === file) return hash?.toLowerCase();
  }
  return undefined;
}
