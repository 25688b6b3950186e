import type { Problem } from '../../../base/errors.ts';
import { holds } from './holds.ts';
import { markerSecret, urlSecret, type Look } from './look.ts';

/** The two Fly apps of a topology. */
export interface AppPair {
  readonly app: string;
  readonly database: string;
}

/**
 * ours: `bench deploy` made it. empty: a name without machines and secrets, as an interrupted creation leaves it.
 * foreign: anything else of that name.
 */
export type Ownership = 'absent' | 'ours' | 'empty' | 'foreign';

/** Whose the two are. A database without a mark is ours if its app is: its creation was interrupted. */
export async function ownershipOf(
  { app, database }: AppPair,
  look: Look,
): Promise<{ readonly app: Ownership; readonly database: Ownership }> {
  const [ofApp, ofDatabase] = [await ownership(app, look), await ownership(database, look)];
  const adopted = ofApp === 'ours' && ofDatabase !== 'absent';
  return { app: ofApp, database: adopted ? 'ours' : ofDatabase };
}

async function ownership(app: string, look: Look): Promise<Ownership> {
  if (!(await look.apps()).has(app)) return 'absent';
  const secrets = await look.secrets(app);
  if (secrets.includes(markerSecret)) return 'ours';
  return secrets.length === 0 && (await look.machines(app)).length === 0 ? 'empty' : 'foreign';
}

/** What stands against deploying there; `org`: the organisation that was asked for, if any. */
export async function deployProblems(
  pairs: readonly AppPair[],
  org: string | undefined,
  look: Look,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const pair of pairs)
    problems.push(...(await nameProblems(pair, look)), ...(await orgProblems(pair, org, look)));
  return problems;
}

async function nameProblems(pair: AppPair, look: Look): Promise<Problem[]> {
  const of = await ownershipOf(pair, look);
  const foreign = [
    ...(of.app === 'foreign' ? [pair.app] : []),
    ...(of.database === 'foreign' || (of.database === 'empty' && of.app !== 'ours')
      ? [pair.database]
      : []),
  ];
  if (foreign.length > 0)
    return foreign.map((app) => ({
      where: app,
      what: 'exists, and `bench deploy` did not make it',
      fix: 'Set app of [bench.fly] to a name of its own, or remove that app yourself.',
    }));
  return (await isPasswordLost(pair, look))
    ? [
        {
          where: pair.database,
          what: `exists, but ${pair.app} does not know its password any more`,
          fix: 'Run `bench destroy` with the same --topologies, then deploy again.',
        },
      ]
    : [];
}

async function isPasswordLost({ app, database }: AppPair, look: Look): Promise<boolean> {
  if (!(await holds({ is: 'database', app: database }, look))) return false;
  if (!(await look.apps()).has(app)) return true;
  return !(await look.secrets(app)).includes(urlSecret);
}

async function orgProblems(
  { app, database }: AppPair,
  org: string | undefined,
  look: Look,
): Promise<Problem[]> {
  const apps = await look.apps();
  return [app, database].flatMap((name) => {
    const found = apps.get(name);
    if (org === undefined || found === undefined || found === '' || found === org) return [];
    return [
      {
        where: name,
        what: `is in the organisation "${found}", not in "${org}"`,
        fix: 'Say --org with that one, or set app of [bench.fly] to another name.',
      },
    ];
  });
}
