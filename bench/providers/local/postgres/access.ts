import { chmod, open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { roles } from './credentials.ts';

/**
 * Who may connect to the servers whose data folders lie beside this file, and how they prove who they are. The file is
 * not in the data folders: it is not the server's to change.
 */
export const accessFile = (dataDir: string): string => join(dirname(dataDir), 'pg_hba.conf');

/** The first line that fits counts; whoever none fits is refused. No line without a password. */
const accessRules = [
  `host replication ${roles.replication} 127.0.0.1/32 scram-sha-256`,
  `host all ${roles.replication} 127.0.0.1/32 reject`,
  'host all all 127.0.0.1/32 scram-sha-256',
  '',
].join('\n');

/** Writes them where the servers beside `dataDir` look, unless they are there. */
export async function writeAccessRules(dataDir: string): Promise<void> {
  const file = accessFile(dataDir);
  try {
    await writeFile(file, accessRules, { flag: 'wx' });
    await chmod(file, 0o644);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Writes a file that only its reader can read: us, or the user who runs Postgres. Rejects if there is one already. */
export async function writePrivate(
  path: string,
  text: string,
  reader: { readonly uid: number; readonly gid: number } | undefined,
): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    if (reader !== undefined) await file.chown(reader.uid, reader.gid);
  } finally {
    await file.close();
  }
}
