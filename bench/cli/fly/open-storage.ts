import type { FlySettings } from '../../config/fly-settings.ts';
import { storageAccess } from '../../providers/fly/storage/access.ts';
import { checkStorage } from '../../providers/fly/storage/check-storage.ts';
import { objectStorage, type ObjectStorage } from '../../providers/fly/storage/object-storage.ts';
import type { Io } from '../io.ts';

/** The object storage that a run wants, tried out. Throws a BenchError (usage) if it can't be used as it is. */
export async function openStorage(
  { upload }: Pick<FlySettings, 'upload'>,
  io: Io,
): Promise<ObjectStorage | undefined> {
  if (upload === undefined) return undefined;
  const storage = objectStorage(storageAccess(upload, io.env));
  try {
    await checkStorage(storage);
    return storage;
  } catch (error) {
    await storage.close();
    throw error;
  }
}
