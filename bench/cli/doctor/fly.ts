import { BenchError, messageOf } from '../../base/errors.ts';
import { flyAccess, flyToken, machinesClient } from '../../providers/fly/machines.ts';
import type { FlyRegion } from '../../providers/fly/machines-api.ts';
import { regions } from '../../world/regions.ts';
import type { Check, Finding } from './check.ts';

/** Somebody waits for the answer. */
const patienceMs = 5000;

/** Without a token all is well too: the local world needs none. */
export const flyCheck: Check = async (env) => {
  if (flyToken(env) === undefined)
    return {
      subject: 'fly',
      state: 'ok',
      detail: 'no token (FLY_API_TOKEN): the local world only',
    };
  try {
    const access = flyAccess(env);
    const api = machinesClient({ ...access, patienceMs });
    try {
      return judged(await api.regions(), access.baseUrl);
    } finally {
      await api.close();
    }
  } catch (error) {
    const fix = error instanceof BenchError ? error.fix : 'Check the connection.';
    return { subject: 'fly', state: 'broken', detail: messageOf(error), fix };
  }
};

/** Fly retires regions while this version goes on listing them. */
function judged(offered: readonly FlyRegion[], baseUrl: string): Finding {
  const live = new Set(offered.filter(({ deprecated }) => !deprecated).map(({ code }) => code));
  const gone = [...regions.values()].filter(({ code, retired }) => !retired && !live.has(code));
  const detail = `token accepted at ${new URL(baseUrl).host}, ${live.size} regions`;
  if (gone.length === 0) return { subject: 'fly', state: 'ok', detail };
  const codes = gone.map(({ code }) => code).join(', ');
  return {
    subject: 'fly',
    state: 'poor',
    detail: `${detail}; retired since this version: ${codes}`,
    fix: 'Leave them out, or measure elsewhere instead: --substitute wanted=region.',
  };
}
