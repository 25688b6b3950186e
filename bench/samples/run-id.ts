import { seededRandom } from '../base/random.ts';

/** `2026-11-21T12-40-05-quick-1a2b`: sorts by time, says what it was, and differs between seeds. */
export function makeRunId(startedAt: Date, profile: string, seed: number): string {
  const time = startedAt.toISOString().slice(0, 19).replaceAll(':', '-');
  const random = seededRandom(seed).fork(`run id ${startedAt.getTime()}`).int(0, 0xffff);
  return `${time}-${profile}-${random.toString(16).padStart(4, '0')}`;
}
