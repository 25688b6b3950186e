import type { FlyMachine, Look } from './look.ts';
import { urlSecret } from './look.ts';
import type { Purpose } from './step.ts';

/** Whether the purpose of a command is fulfilled already. */
export async function holds(purpose: Purpose, look: Look): Promise<boolean> {
  switch (purpose.is) {
    case 'app':
      return (await look.apps()).has(purpose.app);
    case 'gone':
      return !(await look.apps()).has(purpose.app);
    case 'secret':
      return (await look.secrets(purpose.app)).includes(purpose.name);
    case 'password':
      return (
        (await isMade(purpose.database, look)) &&
        (await look.secrets(purpose.app)).includes(urlSecret)
      );
    case 'database':
      return isMade(purpose.app, look);
    case 'not half made':
      return !(await look.apps()).has(purpose.app) || (await isMade(purpose.app, look));
    case 'address':
      return (await look.addressTypes(purpose.app)).some((type) => isPublic(type, purpose.family));
    case 'release': {
      const release = await look.release(purpose.app);
      return release?.complete === true && release.image.endsWith(`:${purpose.label}`);
    }
    case 'machine':
      return (await machinesOf(purpose.app, look)).some(({ region }) => region === purpose.region);
    case 'nowhere else':
      return (await surplusRegions(purpose.app, purpose.regions, look)).length === 0;
  }
}

/** Regions in which the app has machines and should have none. */
export async function surplusRegions(
  app: string,
  regions: readonly string[],
  look: Look,
): Promise<string[]> {
  const elsewhere = (await machinesOf(app, look)).filter(({ region }) => !regions.includes(region));
  return [...new Set(elsewhere.map(({ region }) => region))];
}

/** The machine of a Postgres app that can write, or, before it has said so, the only one. */
export function primaryOf(machines: readonly FlyMachine[]): FlyMachine | undefined {
  const said = machines.find(({ checks }) =>
    checks.some(({ name, output }) => name === 'role' && /^(primary|leader)\b/.test(output)),
  );
  return said ?? (machines.length === 1 ? machines[0] : undefined);
}

const isMade = async (database: string, look: Look): Promise<boolean> =>
  (await look.apps()).has(database) && (await machinesOf(database, look)).length > 0;

const machinesOf = async (app: string, look: Look): Promise<FlyMachine[]> =>
  (await look.machines(app)).filter(({ state }) => !/^destroy/.test(state));

const isPublic = (type: string, family: 'v4' | 'v6'): boolean =>
  family === 'v6' ? type === 'v6' : /^(shared_)?v4$/.test(type);
