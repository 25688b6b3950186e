/**
 * Compares the hashes of k6 that are pinned in `bench/k6/install/release-hashes.ts` with those that its release on GitHub
 * publishes, and prints the lines to write there: `npx tsx scripts/k6-hashes.ts`. For a maintainer, whenever the pinned
 * version changes; look at another source too (Homebrew, winget, a distribution) before committing them. Exits with 1
 * where they differ.
 */
import { hashedVersion, releaseHashes } from '../bench/k6/install/release-hashes.ts';
import { k6Version } from '../bench/k6/install/version.ts';

const release = `https://github.com/grafana/k6/releases/download/v${k6Version}`;
const list = `${release}/k6-v${k6Version}-checksums.txt`;
const answer = await fetch(list);
if (!answer.ok) throw new Error(`${list}: HTTP ${answer.status}`);
const text = await answer.text();
const published = [
  ...text.matchAll(
    /^([0-9a-f]{64}) [ *]k6-v[\d.]+-((?:linux|macos)-(?:amd64|arm64))\.(?:tar\.gz|zip)$/gm,
  ),
].map(([, hash = '', platform = '']) => [platform, hash] as const);

for (const [platform, hash] of published) console.log(`  ['${platform}', '${hash}'],`);
const differ = published.filter(([platform, hash]) => releaseHashes.get(platform) !== hash);
const isPinned = hashedVersion === k6Version && published.length === 4 && differ.length === 0;
console.log(
  isPinned
    ? `k6 ${k6Version}: as pinned`
    : `k6 ${k6Version}: differs from what is pinned (${hashedVersion})`,
);
process.exitCode = isPinned ? 0 : 1;
