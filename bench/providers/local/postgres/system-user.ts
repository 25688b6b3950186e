import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { childEnvironment } from '../../../base/child-environment.ts';
import { BenchError, messageOf } from '../../../base/errors.ts';

const run = promisify(execFile);

/** A user that the system knows by name; Postgres's initdb insists on that. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Who is to run Postgres, which refuses to be run by root: undefined if we can, else an unprivileged user. */
export async function postgresUser(
  names: readonly string[] = ['postgres', 'nobody'],
): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of names) {
    const user = await lookUp(name);
    if (user !== undefined && user.uid !== 0) return checked(user);
  }
  throw new BenchError(
    'fault',
    `Postgres refuses to run as root, and there is no user ${names.join(' or ')} to run it instead.`,
    'Run bench as an ordinary user, or add a user named postgres.',
  );
}

/** Asks the system and not /etc/passwd: users may come from a directory service. */
async function lookUp(name: string): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map((flag) => run('id', [flag, name], { env: childEnvironment('tool') })),
    );
    return { name, uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
  } catch {
    return undefined;
  }
}

/** In a container without the rights that root has elsewhere, root can't become anybody. */
async function checked(user: SystemUser): Promise<SystemUser> {
  try {
    await run('/bin/sh', ['-c', ':'], {
      ...{ uid: user.uid, gid: user.gid, cwd: '/' },
      env: childEnvironment('tool'),
    });
    return user;
  } catch (cause) {
    throw new BenchError(
      'fault',
      `Postgres refuses to run as root, and we may not run it as ${user.name} (${messageOf(cause)}).`,
      'Run bench as an ordinary user.',
      { cause },
    );
  }
}
