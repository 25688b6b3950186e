/**
 * SHA-256 of the archives that Grafana published for the pinned version (`k6-v2.2.0-checksums.txt` of the release), by
 * platform. They are written here because a host that serves another archive would serve another list too.
 * `npx tsx scripts/k6-hashes.ts` compares them with the published list; run it when the version changes.
 */
export const releaseHashes: ReadonlyMap<string, string> = new Map([
  ['linux-amd64', 'b5a8003c86f35f5cd5ceef1490312c48e587696c94d998cefc6d7b3b4cb1597d'],
  ['linux-arm64', '4ecd64cadcc792402d16293836115480419c4447c032858f564852d98f1bf54c'],
  ['macos-amd64', '45a08590511c8a6a9c6331645e60c41624924e848e29472e87c60ac956d50372'],
  ['macos-arm64', '37a028506bf13578de66c906296803775df28cc2504b1a8c5d786b2803e757c7'],
]);

/** The version that they are of: a new one has no release until its hashes are here. */
export const hashedVersion: string = '2.2.0';
