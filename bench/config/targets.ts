import type { Problem } from '../base/errors.ts';
import { topologies } from '../topologies/index.ts';
import type { UrlTarget } from './config.ts';
import type { Settings, Where } from './settings.ts';

/** The deployments of the user's own that are to be measured; adds to `problems` what is wrong with them. */
export function chosenTargets(settings: Settings, where: Where, problems: Problem[]): UrlTarget[] {
  const targets = Object.entries(settings.targets ?? {}).map(([name, url]) => ({ name, url }));
  for (const { name, url } of targets)
    for (const problem of [...nameProblems(name), ...urlProblems(name, url)])
      problems.push({ where: where('targets'), ...problem });
  return targets;
}

type Fault = Omit<Problem, 'where'>;

function nameProblems(name: string): Fault[] {
  const own = 'Give the target a name of its own.';
  // k6 joins tags as `a=b&c=d` and does not escape them.
  if (/[&=\n]/.test(name))
    return [{ what: `"${name}" has one of & = in it`, fix: 'Give the target a plain name.' }];
  if (name === '') return [{ what: 'a target without a name', fix: own }];
  const isTopology = topologies.some((topology) => topology.name === name);
  return isTopology ? [{ what: `"${name}" is the name of a topology`, fix: own }] : [];
}

function urlProblems(name: string, text: string): Fault[] {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return [
      {
        what: `"${name}" is not an http(s) URL: "${withoutSecrets(text)}"`,
        fix: 'Write --target name=https://example.com.',
      },
    ];
  if (url.username === '' && url.password === '') return [];
  return [
    {
      what: `the URL of "${name}" has a user or a password in it, which the run folder and the page would show`,
      fix: 'Leave it out, and measure what answers without.',
    },
  ];
}

/** What could be a password stands before an @. */
const withoutSecrets = (text: string): string => text.replace(/[^/@]*@/g, '…@');
