import { randomUUID } from 'node:crypto';
import { ProblemsError, type Problem } from '../../../base/errors.ts';
import { StorageError, type ObjectStorage } from './object-storage.ts';

/** Puts a small object there, reads it and removes it, before anything is paid for. Throws (usage) if that can't be done. */
export async function checkStorage(storage: ObjectStorage): Promise<void> {
  const name = `check-${randomUUID()}`;
  const hello = Buffer.from(name);
  try {
    await storage.put(name, hello);
    const found = await storage.get(name, hello.length, 20_000);
    if (!found.equals(hello)) throw new StorageError(200, 'it gave back something else');
    await storage.remove(name);
  } catch (error) {
    await storage.removeAll().catch(() => undefined);
    if (error instanceof StorageError) throw new ProblemsError([problemOf(error, storage.place)]);
    throw error;
  }
}

function problemOf({ status, message }: StorageError, place: string): Problem {
  const what = `${place} can't be used: ${message}`;
  return { where: '--upload', what, fix: fixFor(status) };
}

function fixFor(status: number): string {
  switch (status) {
    case 0:
      return 'Is AWS_ENDPOINT_URL_S3 where your storage answers?';
    case 401:
    case 403:
      return 'The key (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) must be allowed to put, get and delete there; AWS_REGION and the clock here must be right.';
    case 404:
      return 'Is the bucket spelt right? `fly storage list` shows yours.';
    default:
      return 'Try again later, or leave --upload out.';
  }
}
