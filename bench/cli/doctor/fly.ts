import { BenchError, messageOf } from '../../base/errors.ts';
import { flyAccess, flyToken, machinesClient } from '../../providers/fly/machines.ts';
import type { FlyRegion, TokenPart } from '../../providers/fly/machines-api.ts';
import { addCard, trialLimits } from '../../providers/fly/trial.ts';
import { regions } from '../../world/regions.ts';
import type { Check, Finding } from './check.ts';
import { checkLimitMs } from './look-at-all.ts';

/** What fails is tried again for less than a check may take, so that its reason is told. */
const patienceMs = 0.5 * checkLimitMs;

/** Without a token all is well too: the local world needs none. */
export const flyCheck: Check = async (env, signal) => {
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
      const offered = await api.regions(signal);
      const token = await api.token(signal).catch(nothingSaid);
      return { ...judged(offered, access.baseUrl, token), note: trialAdvice };
    } finally {
      await api.close();
    }
  } catch (error) {
    const fix = error instanceof BenchError ? error.fix : 'Check the connection.';
    return { subject: 'fly', state: 'broken', detail: messageOf(error), fix };
  }
};

/** Fly need not say what a token is for. */
function nothingSaid(error: unknown): readonly TokenPart[] {
  if (error instanceof BenchError) return [];
  throw error;
}

/** No answer of the API says it. */
const trialAdvice = `whether the organisation is on Fly's free trial can't be asked; one has ${trialLimits}. ${addCard}`;

/** Fly retires regions while this version goes on listing them. */
function judged(
  offered: readonly FlyRegion[],
  baseUrl: string,
  token: readonly TokenPart[],
): Finding {
  const live = new Set(offered.filter(({ deprecated }) => !deprecated).map(({ code }) => code));
  const gone = [...regions.values()].filter(({ code, retired }) => !retired && !live.has(code));
  const detail = `token accepted at ${new URL(baseUrl).host}${ownerOf(token)}, ${live.size} regions`;
  if (gone.length === 0) return { subject: 'fly', state: 'ok', detail };
  const codes = gone.map(({ code }) => code).join(', ');
  return {
    subject: 'fly',
    state: 'poor',
    detail: `${detail}; retired since this version: ${codes}`,
    fix: 'Leave them out, or measure elsewhere instead: --substitute wanted=region.',
  };
}

/** `, for the organisation acme (app x only)` */
function ownerOf(token: readonly TokenPart[]): string {
  const orgs = [...new Set(token.map(({ org }) => org).filter((org) => org !== ''))];
  const apps = [...new Set(token.flatMap((part) => part.apps))];
  const isWhole = token.some((part) => part.apps.length === 0);
  if (orgs.length === 0) return '';
  const only = isWhole ? '' : ` (only ${apps.join(', ')})`;
  return `, for the organisation${orgs.length === 1 ? '' : 's'} ${orgs.join(', ')}${only}`;
}
