import { distrust, type Distrust } from '../../base/distrust.ts';
import { wordingOf } from '../../report/words.ts';
import type { RunOnDisk } from '../../samples/open-run.ts';

/** Why no latency of the run can be believed. Cells with too few rounds are looked at one by one. */
export const distrustOf = ({ manifest }: RunOnDisk): Distrust | undefined =>
  distrust(manifest.warnings.filter(({ code }) => code !== 'too-few-rounds'));

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
