import type { Millis } from '../base/units.ts';
import type { UrlTarget } from '../config/config.ts';
import { judge, type JudgedTarget, type Rules } from './target-check/judge.ts';
import { lookAt } from './target-check/look-at.ts';
import { trustedAuthorities } from './target-check/trusted.ts';

/** Where and how the look is taken. */
export interface LookFrom {
  /** Names the certificates that k6 will trust. */
  readonly env: NodeJS.ProcessEnv;
  /** Names of Fly's private network mean nothing here. */
  readonly isElsewhere: boolean;
  readonly signal: AbortSignal;
  /** In which an answer must come. */
  readonly limitMs?: Millis;
}

/** Visits each target a few times from this machine, all at once, before anything is started anywhere. */
export async function checkTargets(
  targets: readonly UrlTarget[],
  rules: Rules,
  { env, isElsewhere, signal, limitMs }: LookFrom,
): Promise<readonly JudgedTarget[]> {
  const options = {
    ca: await trustedAuthorities(env),
    insecure: rules.skipsTls,
    ...(limitMs === undefined ? {} : { limitMs }),
  };
  return Promise.all(
    targets.map(async ({ name, url }) =>
      isElsewhere && isPrivate(url)
        ? unseen(name, url)
        : judge(name, url, await lookAt(url, options, signal), rules),
    ),
  );
}

const isPrivate = (url: string): boolean => /\.(internal|flycast)$/.test(new URL(url).hostname);

const unseen = (name: string, url: string): JudgedTarget => ({
  name,
  notes: [
    `${name}: ${new URL(url).host} can only be reached from within Fly, so it was not looked at.`,
  ],
  warnings: [],
});
