import type { Warning } from '../base/warnings.ts';
import type { JobOutcome } from '../k6/job.ts';

/**
 * The thresholds of a user's script that were crossed, by target: each target has a copy of them
 * (`k6lib/own/options.ts`), `http_req_duration{name:x,bench_target:a}`.
 */
export function thresholdWarnings(vantage: string, job: JobOutcome): Warning[] {
  if (job.state !== 'completed' || job.crossed === undefined) return [];
  const byTarget = new Map<string, string[]>();
  for (const metric of job.crossed) {
    const target = decodeURIComponent(/bench_target:([^,}]*)/.exec(metric)?.[1] ?? '');
    const name = metric.replace(/,?bench_target:[^,}]*/, '').replace('{}', '');
    byTarget.set(target, [...(byTarget.get(target) ?? []), name]);
  }
  return [...byTarget].map(([target, metrics]) => ({
    ...{ code: 'thresholds-crossed', vantage, target, metrics },
  }));
}
