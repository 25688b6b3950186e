import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { changeableBy, faultOf, selfFrom } from './changeable.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'changeable-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

async function program(...path: string[]): Promise<string> {
  const file = join(folder, ...path);
  await mkdir(join(file, '..'), { recursive: true, mode: 0o755 });
  await writeFile(file, '', { mode: 0o755 });
  return file;
}

test('a file of ours below /tmp is ours alone', async () => {
  expect(await changeableBy(await program('a', 'b', 'k6'))).toBeUndefined();
  expect(await changeableBy(join(folder, 'not', 'there', 'yet'))).toBeUndefined();
});

test.each(['a', 'a/b', 'a/b/k6'])('others can write %s', async (part) => {
  const file = await program('a', 'b', 'k6');
  await chmod(join(folder, part), 0o757);
  expect(await changeableBy(file)).toBe(`everybody can write ${join(folder, part)}`);
});

test('a sticky folder is passed through, and is no place of ours itself', async () => {
  const file = await program('a', 'k6');
  await chmod(join(folder, 'a'), 0o1777);
  expect(await changeableBy(file)).toBeUndefined();
  expect(await changeableBy(join(folder, 'a'))).toMatch(/everybody can write/);
});

test('links are followed as the system does', async () => {
  const file = await program('open', 'k6');
  await chmod(join(folder, 'open'), 0o777);
  await symlink('open/k6', join(folder, 'k6'));
  await symlink(join(folder, 'open'), join(folder, 'way'));
  for (const path of [file, join(folder, 'k6'), join(folder, 'way', 'k6')])
    expect(await changeableBy(path)).toBe(`everybody can write ${join(folder, 'open')}`);
  await symlink('round', join(folder, 'round'));
  expect(await changeableBy(join(folder, 'round'))).toMatch(/too many links/);
});

test.runIf(process.getuid?.() === 0).each(['a', 'a/b', 'a/b/k6'])(
  'another user owns %s',
  async (part) => {
    const file = await program('a', 'b', 'k6');
    await chown(join(folder, part), 65534, 65534);
    expect(await changeableBy(file)).toBe(`user 65534 owns ${join(folder, part)}`);
  },
);

const passwd = 'root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\nbob:x:1001:1001::/:';
const ann = { uid: 1000, gid: 1000, name: 'ann' };

test.each([
  ['the group of her own', ann, passwd, 'ann:x:1000:', 1000, true],
  ['with herself listed in it', ann, passwd, 'ann:x:1000:ann', 1000, true],
  ['with somebody else in it', ann, passwd, 'ann:x:1000:bob', 1000, false],
  ['which is another one’s too', ann, `${passwd}\neve:x:7:1000::/:`, 'ann:x:1000:', 1000, false],
  ['of a directory service', ann, '', '', 1000, true],
  ['macOS staff', { uid: 501, gid: 20, name: 'ann' }, '', 'staff:*:20:root', 20, false],
  ['macOS admin', { uid: 501, gid: 20, name: 'ann' }, '', 'admin:*:80:root', 80, false],
  ['one that she is only a member of', ann, passwd, 'docker:x:999:ann', 999, false],
  ['a group without a name, of another number', { ...ann, gid: 5 }, '', '', 5, false],
  ['root', ann, passwd, 'root:x:0:', 0, true],
])('private group: %s', (_, who, users, groups, gid, isPrivate) => {
  const self = selfFrom(who, users, groups);
  expect(self.isPrivate(gid)).toBe(isPrivate);
  const folder775 = { uid: who.uid, gid, mode: 0o775 };
  expect(faultOf(folder775, self, { isLast: true, isFolder: true }) === undefined).toBe(isPrivate);
});

test("in a sandbox, where root's files are shown as nobody's, these are no other user's", () => {
  const owns = (map: string) => selfFrom(ann, '', '', map).isOurs(65534);
  expect(owns('')).toBe(false);
  expect(owns('         0          0 4294967295')).toBe(false);
  expect(owns('      1000       1000          1')).toBe(true);
});
