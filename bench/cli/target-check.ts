import type { Problem } from '../base/errors.ts';
import type { UrlTarget } from '../config/config.ts';
import { lookAt, type Look } from './target-check/look-at.ts';

/** What a look at the targets found: what must be put right first, and what a person should merely know. */
export interface TargetCheck {
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/** Looks once at each target from this machine, before anything is started anywhere. */
export async function checkTargets(
  targets: readonly UrlTarget[],
  signal: AbortSignal,
  limitMs?: number,
): Promise<TargetCheck> {
  const checks = await Promise.all(
    targets.map(async ({ name, url }) => judge(name, url, await lookAt(url, signal, limitMs))),
  );
  return {
    problems: checks.flatMap(({ problems }) => problems),
    notes: checks.flatMap(({ notes }) => notes),
  };
}

/** Made of what was seen alone. */
export function judge(name: string, url: string, look: Look): TargetCheck {
  const problem = (what: string, fix: string): TargetCheck => ({
    problems: [{ where: `target ${name}`, what, fix }],
    notes: [],
  });
  const note = (text: string): TargetCheck => ({ problems: [], notes: [`${name}: ${text}`] });
  const { host } = new URL(url);
  switch (look.seen) {
    case 'private':
      return note(`${host} can only be reached from within Fly, so it was not looked at.`);
    case 'answer':
      return look.status < 400
        ? { problems: [], notes: [] }
        : note(`${url} answers HTTP ${look.status}; the scenario's own paths may do better.`);
    case 'redirect':
      return problem(
        `${url} redirects to ${look.to}, and each request would be measured twice`,
        `Measure where it leads: --target ${name}=${look.to}`,
      );
    case 'bad-certificate':
      return problem(
        `the certificate of ${host} is not good: ${look.why}`,
        'Put a valid certificate there, or measure the app by its own name: https://<app>.fly.dev.',
      );
    case 'nothing':
      return problem(`${url} can't be reached: ${look.why}`, fixFor(look.because, host));
  }
}

function fixFor(because: 'name' | 'refused' | 'slow' | 'other', host: string): string {
  switch (because) {
    case 'name':
      return `Is ${host} spelt right? A new name takes minutes until it is known everywhere.`;
    case 'refused':
      return 'Start the app, or check the port.';
    case 'slow':
      return 'Is the app running, and does a firewall let this machine through?';
    case 'other':
      return `Look at it with \`curl -v ${host}\`.`;
  }
}
