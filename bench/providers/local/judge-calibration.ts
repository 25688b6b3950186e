import type { Warning } from '../../base/warnings.ts';
import { isOff } from '../../samples/link-tolerance.ts';
import type { Calibration, LinkCalibration } from '../../samples/outcome.ts';

/**
 * The links that are off. Where they were `watched` while the load ran, rounds are judged by that and this is only for
 * information; elsewhere a single one makes what was measured over these links untrustworthy.
 */
export function judgeCalibration(
  { when, links }: Calibration,
  watched: (link: LinkCalibration) => boolean = () => false,
): Warning[] {
  return links
    .filter(({ wantedMs, p50Ms }) => isOff(wantedMs, p50Ms))
    .map((link): Warning => {
      const { topology, from, to, wantedMs, p50Ms } = link;
      return {
        code: 'calibration-off',
        ...(topology === undefined ? {} : { topology }),
        ...{ from, to, wantedMs, measuredMs: p50Ms },
        ...(watched(link) ? { watched: when } : {}),
      };
    });
}
