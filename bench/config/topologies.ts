import type { Problem } from '../base/errors.ts';
import { topologies } from '../topologies/index.ts';
import type { Topology } from '../topologies/topology.ts';
import { suggest } from './nearest-name.ts';
import type { Where } from './settings.ts';

/**
 * The topologies of `--topologies`: names, or `copy=name` for a second deployment under a name of its own. Adds what is
 * wrong to `problems`.
 */
export function chosenTopologies(
  choices: readonly string[],
  where: Where,
  problems: Problem[],
): Topology[] {
  return [...new Set(choices)].flatMap((choice) => {
    const at = choice.indexOf('=');
    const wanted = choice.slice(at + 1);
    const found = topologies.find(({ name }) => name === wanted);
    const wrong =
      found === undefined
        ? {
            what: `no topology is called "${wanted}"`,
            fix: suggest(
              wanted,
              topologies.map(({ name }) => name),
            ),
          }
        : at === -1
          ? undefined
          : nameProblem(choice.slice(0, at), choices);
    if (wrong !== undefined) problems.push({ where: where('topologies'), ...wrong });
    if (found === undefined || wrong !== undefined) return [];
    return at === -1 ? [found] : [{ ...found, name: choice.slice(0, at), copyOf: found.name }];
  });
}

function nameProblem(
  copy: string,
  choices: readonly string[],
): Pick<Problem, 'what' | 'fix'> | undefined {
  const fix = 'Write a copy as slow=single-region: a new name of letters, digits and hyphens.';
  if (!/^[a-z0-9][a-z0-9-]*$/.test(copy)) return { what: `"${copy}" can't name a copy`, fix };
  const taken =
    topologies.some(({ name }) => name === copy) ||
    choices.filter((choice) => choice.startsWith(`${copy}=`)).length > 1;
  return taken ? { what: `"${copy}" names a topology already`, fix } : undefined;
}
