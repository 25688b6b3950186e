import { lstat, readFile, readlink } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join, parse, resolve, sep } from 'node:path';

/** Who we are, and which groups have no other member; everything that the answer depends on beside the disk. */
export interface Self {
  /** Whether a user is this one, or root. */
  isOurs(uid: number): boolean;
  /** Whether all members of a group are this user, or root. */
  isPrivate(gid: number): boolean;
}

/** What `lstat` says that decides who may change something. */
export interface Ownership {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/**
 * Who besides this user and root could change what lies at the path, as the end of a sentence ("user 1001 owns /tmp/x");
 * undefined if nobody could. Looks at the file, every folder above it, and every link on the way: whoever can write one of
 * them can put something else there. What is not there yet can't be changed; the folders above it are looked at. Access
 * control lists are not seen, and on Windows, where modes mean nothing, nobody is found.
 */
export async function changeableBy(path: string, self?: Self): Promise<string | undefined> {
  if (process.getuid === undefined) return undefined;
  const me = self ?? (await ourSelf());
  const { root } = parse(resolve(path));
  let left = partsOf(resolve(path).slice(root.length));
  let at = root;
  // The limit of Linux for links on one way.
  for (let links = 0; links <= 40;) {
    const found = await lstat(at).catch(() => undefined);
    if (found === undefined) return undefined;
    if (found.isSymbolicLink()) {
      if (!me.isOurs(found.uid)) return `user ${found.uid} owns the link ${at}`;
      const target = resolve(at, '..', await readlink(at));
      left = [...partsOf(target.slice(root.length)), ...left];
      at = root;
      links++;
      continue;
    }
    const fault = faultOf(found, me, { isLast: left.length === 0, isFolder: found.isDirectory() });
    if (fault !== undefined) return `${fault} ${at}`;
    const [next, ...rest] = left;
    if (next === undefined) return undefined;
    at = join(at, next);
    left = rest;
  }
  return `too many links lead to ${path}`;
}

const partsOf = (path: string): string[] => path.split(sep).filter((part) => part !== '');

/** Pure. In a folder with the sticky bit (/tmp) others may add, but not replace what isn't theirs. */
export function faultOf(
  { uid, gid, mode }: Ownership,
  self: Self,
  { isLast, isFolder }: { readonly isLast: boolean; readonly isFolder: boolean },
): string | undefined {
  if (!self.isOurs(uid)) return `user ${uid} owns`;
  const isSticky = isFolder && !isLast && (mode & 0o1000) !== 0;
  if (isSticky) return undefined;
  if ((mode & 0o002) !== 0) return 'everybody can write';
  // With a umask of 002, as many distributions have it, everything is writable by the user's own group.
  if ((mode & 0o020) !== 0 && !self.isPrivate(gid)) return `group ${gid} can write`;
  return undefined;
}

let known: Self | undefined;

async function ourSelf(): Promise<Self> {
  const read = (file: string) => readFile(file, 'utf8').catch(() => '');
  return (known ??= selfFrom(
    { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0, name: nameOrEmpty() },
    await read('/etc/passwd'),
    await read('/etc/group'),
    await read('/proc/self/uid_map'),
  ));
}

function nameOrEmpty(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

/**
 * Pure: who a user is by the system's files. A group is private if it is the user's own and named as the user (where the
 * files don't list it: has the same number), with nobody else in it; macOS's `staff`, in which all people are, is not.
 * In a namespace of users (a sandbox) whatever the real root owns is shown as `nobody`'s.
 */
export function selfFrom(
  { uid, gid: own, name }: { readonly uid: number; readonly gid: number; readonly name: string },
  passwd: string,
  groups: string,
  uidMap = '',
): Self {
  const rows = (text: string) => text.split('\n').map((line) => line.split(':'));
  return {
    isOurs: (owner) => owner === 0 || owner === uid || (owner === nobody && !isMapped(uidMap)),
    isPrivate: (gid) => {
      if (gid === 0) return true;
      if (gid !== own) return false;
      const group = rows(groups).find(([, , number]) => number === String(gid));
      const members = (group?.[3] ?? '').split(',').filter((member) => member !== '');
      const residents = rows(passwd)
        .filter(([, , , number]) => number === String(gid))
        .map(([user = '']) => user);
      const isNamedSo = group === undefined ? gid === uid : group[0] === name;
      return isNamedSo && [...members, ...residents].every((user) => user === name);
    },
  };
}

const nobody = 65534;

/** Whether `nobody` is a user here, and no stand-in for users that have no number here. Where there is no map, it is. */
function isMapped(uidMap: string): boolean {
  const ranges = uidMap
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return (
    uidMap.trim() === '' ||
    ranges.some(([from = 0, , count = 0]) => nobody >= from && nobody < from + count)
  );
}
