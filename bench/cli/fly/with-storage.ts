import type { FlySettings } from '../../config/fly-settings.ts';
import { storageAccess } from '../../providers/fly/storage/access.ts';
import { checkStorage } from '../../providers/fly/storage/check-storage.ts';
import { objectStorage, type ObjectStorage } from '../../providers/fly/storage/object-storage.ts';
import type { Io } from '../io.ts';

/**
 * Lends the object storage that a run wants, if it wants any, tried out, and closes it however `use` ends. Throws a
 * BenchError (usage) if it can't be used as it is.
 */
export async function withStorage<T>(
  { upload }: Pick<FlySettings, 'upload'>,
  io: Io,
  use: (storage: ObjectStorage | undefined) => Promise<T>,
): Promise<T> {
  if (upload === undefined) return use(undefined);
  const storage = objectStorage(storageAccess(upload, io.env));
  try {
    await checkStorage(storage);
    return await use(storage);
  } finally {
    await storage.close();
  }
}
