import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { childEnvironment } from '../../../base/child-environment.ts';
import { BenchError, messageOf } from '../../../base/errors.ts';
import { accounts, busyIds, idMap, subordinateIds, type PasswdEntry } from './account-facts.ts';
import { chooseId, type IdRange } from './choose-id.ts';

const run = promisify(execFile);

/**
 * Whom root lets Postgres run as. Not as an account of the system: what broke into the server would have the account's
 * files, and whoever is that account the server's. These ids belong to nobody, and no file is theirs but the databases.
 */
export interface ServerUser {
  /** For people: `user id 2100000123`. */
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** An account without rights that makes the first files: initdb refuses ids that have no name. */
  readonly initUid: number;
}

/** Who is to run Postgres, which refuses to be run by root: undefined if we can, else ids of our own choosing. */
export async function serverUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = await accounts();
  const busy = await busyIds();
  const initUid = initAccount(known, busy);
  const taken = new Set([...known.map(({ uid }) => uid), ...known.map(({ gid }) => gid), ...busy]);
  const mapped = [await idMap('uid'), await idMap('gid')];
  const given = [...(await subordinateIds('uid')), ...(await subordinateIds('gid'))];
  const id = await freeId({ mapped, given, taken });
  await mustBecome(id, id);
  await mustBecome(initUid, id);
  return { name: `user id ${id}`, uid: id, gid: id, initUid };
}

/** One that does nothing else at the moment, if possible: its other processes could meddle with the files. */
function initAccount(known: readonly PasswdEntry[], busy: ReadonlySet<number>): number {
  const candidates = ['nobody', 'daemon', 'bin', 'games', 'mail']
    .map((name) => known.find((account) => account.name === name)?.uid)
    .filter((uid): uid is number => uid !== undefined && uid > 0);
  const uid = candidates.find((each) => !busy.has(each)) ?? candidates[0];
  if (uid !== undefined) return uid;
  throw new BenchError(
    'fault',
    'Postgres refuses to run as root, and there is no account without rights (nobody, daemon) to make its files.',
    'Run bench as an ordinary user, or add a user named nobody.',
  );
}

/** How often another id is tried, should the system have a name for one after all. */
const tries = 5;

async function freeId(facts: {
  readonly mapped: readonly (readonly IdRange[])[];
  readonly given: readonly IdRange[];
  readonly taken: ReadonlySet<number>;
}): Promise<number> {
  for (let n = 0; n < tries; n++) {
    const id = chooseId(facts.mapped, facts.given, facts.taken);
    if (id === undefined) break;
    if (!(await hasName(id))) return id;
  }
  throw new BenchError(
    'fault',
    'Postgres refuses to run as root, and this container has no user id to spare for it.',
    'Run bench as an ordinary user, or give the container a larger range of user ids (/etc/subuid).',
  );
}

/** Asks the system and not /etc/passwd: accounts may come from a directory service. `id` prints a number without one. */
async function hasName(id: number): Promise<boolean> {
  try {
    const options = { uid: id, gid: id, cwd: '/', env: childEnvironment('tool') };
    const { stdout } = await run('/bin/sh', ['-c', 'id -un 2>/dev/null || :'], options);
    return /^[a-z_]/i.test(stdout.replace(/^unknown.*/i, '').trim());
  } catch (cause) {
    throw mayNot(id, cause);
  }
}

/** In a container without the rights that root has elsewhere, root can't become anybody. */
async function mustBecome(uid: number, gid: number): Promise<void> {
  try {
    await run('/bin/sh', ['-c', ':'], { uid, gid, cwd: '/', env: childEnvironment('tool') });
  } catch (cause) {
    throw mayNot(uid, cause);
  }
}

const mayNot = (uid: number, cause: unknown): BenchError =>
  new BenchError(
    'fault',
    `Postgres refuses to run as root, and we may not run it as user id ${uid} (${messageOf(cause)}).`,
    'Run bench as an ordinary user.',
    { cause },
  );
