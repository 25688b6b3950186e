import { BenchError } from '../../base/errors.ts';
import { flyToken, redactToken } from '../../providers/fly/machines.ts';

/** Throws (usage) if the Fly token is in something that a run folder keeps: a setting, a target's URL. */
export function refuseToken(kept: unknown, env: NodeJS.ProcessEnv): void {
  const token = flyToken(env);
  if (token === undefined) return;
  const text = JSON.stringify(kept);
  if (redactToken(token)(text) === text) return;
  throw new BenchError(
    'usage',
    'The Fly token is among the arguments or settings, which the run folder keeps.',
    'Leave it in the environment alone (FLY_API_TOKEN); if others can read the command, make a new one.',
  );
}
