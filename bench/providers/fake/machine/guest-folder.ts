import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FakeConfig } from './config.ts';

/** The file system of a machine: a folder, and k6 in it. */
export interface GuestFolder {
  readonly root: string;
  /** Path of the real k6. */
  readonly k6: string;
}

/** Makes the machine's file system anew: whatever a process had written is gone, as after each boot. */
export async function layOut({ root, k6 }: GuestFolder, config: FakeConfig): Promise<void> {
  await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  await Promise.all(
    ['tmp', 'root', 'usr/bin'].map((name) => mkdir(join(root, name), { recursive: true })),
  );
  await symlink(k6, join(root, 'usr/bin/k6'));
  for (const { guest_path, raw_value, mode } of config.files ?? []) {
    const path = join(root, guest_path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Buffer.from(raw_value, 'base64'));
    await chmod(path, mode ?? 0o644);
  }
}

/**
 * Where a path of the machine lies on this computer. There is no chroot, so only what begins with `/bench/` or `/tmp/`
 * is the machine's own; everything else, such as `/bin/sh`, is this computer's.
 */
export function hostPath(root: string, text: string): string {
  return /^\/(?:bench|tmp)(?:\/|$)/.test(text) ? join(root, text) : text;
}
