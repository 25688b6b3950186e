import { wordingOf } from '../../report/words.ts';
import { isUntrustworthy } from '../../run/trust.ts';
import type { RunOnDisk } from '../../samples/open-run.ts';

/** Why no latency of the run can be believed, a sentence each. Cells with too few rounds are looked at one by one. */
export function distrustOf({ manifest }: RunOnDisk): string[] {
  return manifest.warnings
    .filter((warning) => isUntrustworthy(warning) && warning.code !== 'too-few-rounds')
    .map(wordingOf);
}

/** What was planned and is not there, a sentence each. */
export function gapsOf({ manifest, missing }: RunOnDisk): string[] {
  const { plan, vantages, state } = manifest;
  const lost = plan.vantages.flatMap((code) => {
    const fate = vantages[code];
    if (fate?.state === 'measured') return [];
    return [`Nothing was measured from ${code}: ${fate?.reason ?? 'the run was cut before'}.`];
  });
  const cut = state === 'interrupted' ? ['The run was interrupted before it was complete.'] : [];
  const unfit = manifest.warnings
    .filter(({ code }) => code === 'target-failed')
    .map((warning) => wordingOf(warning));
  return [...cut, ...lost, ...unfit, ...missing];
}
