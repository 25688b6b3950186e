import type { BenchConfig } from '../../config/config.ts';
import type { MachinesApi } from '../../providers/fly/machines-api.ts';
import { trialNote } from '../../providers/fly/trial.ts';

/**
 * What somebody should know who has not measured on Fly yet: there is no app to hold machines. No answer of the API says
 * whether an organisation is on trial, so that everybody else would hear it for nothing.
 */
export async function firstTimeNotes(
  { fly: { app } }: Pick<BenchConfig, 'fly'>,
  api: Pick<MachinesApi, 'app'>,
  signal: AbortSignal,
): Promise<string[]> {
  return (await api.app(app, signal)) === undefined ? [trialNote] : [];
}
