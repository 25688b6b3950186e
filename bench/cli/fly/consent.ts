import { BenchError } from '../../base/errors.ts';
import { formatUsd } from '../../providers/fly/cost.ts';
import { ask } from '../ask.ts';
import type { Io } from '../io.ts';
import type { ExpectedLoad } from './expected-load.ts';

/** More requests a second than this against somebody's deployment want to be meant. */
const calmPerSecond = 50;

/** What a run costs, and what it is allowed to. */
export interface Spending {
  readonly costUsd: number;
  readonly maxCostUsd: number;
}

/** Why a run should not begin unasked; none for most runs. */
export function concerns(load: ExpectedLoad, { costUsd, maxCostUsd }: Spending): string[] {
  return [
    ...(costUsd > maxCostUsd
      ? [`it costs about ${formatUsd(costUsd)}, more than ${formatUsd(maxCostUsd)} (--max-cost)`]
      : []),
    ...(load.perSecond > calmPerSecond
      ? [
          `it sends ${String(load.perSecond)} requests/s to a target, more than ${String(calmPerSecond)}`,
        ]
      : []),
  ];
}

/** Asks whether to go on in spite of concerns. Throws a BenchError (usage) if not, or if nobody can be asked. */
export async function consent(reasons: readonly string[], yes: boolean, io: Io): Promise<void> {
  if (yes || reasons.length === 0) return;
  const what = `This run asks first: ${reasons.join('; ')}.`;
  const answer = await ask(`${what}\nGo on? [y/N] `, io);
  if (answer !== undefined && /^y(es)?$/i.test(answer)) return;
  throw new BenchError(
    'usage',
    answer === undefined ? what : 'Not begun, as you chose.',
    'Say --yes to go on, raise --max-cost, or lower --rate, --rounds or the number of --regions.',
  );
}
