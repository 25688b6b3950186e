import { ProblemsError } from '../../base/errors.ts';
import { flySchema } from '../../config/fly-settings.ts';
import { storageAccess } from '../../providers/fly/storage/access.ts';
import { objectStorage, type ObjectStorage } from '../../providers/fly/storage/object-storage.ts';

/** Object storage that machines name, opened with the credentials of the environment. */
export interface Storages {
  /** The storage at that place, or why there is none, in words. */
  at(place: string): ObjectStorage | string;
  close(): Promise<void>;
}

export function openStorages(env: NodeJS.ProcessEnv): Storages {
  const opened = new Map<string, ObjectStorage | string>();
  return {
    at: (place) => {
      const there = opened.get(place) ?? open(place, env);
      opened.set(place, there);
      return there;
    },
    close: async () => {
      for (const one of opened.values()) if (typeof one !== 'string') await one.close();
    },
  };
}

function open(place: string, env: NodeJS.ProcessEnv): ObjectStorage | string {
  // Metadata can say anything.
  if (!flySchema.shape.upload.safeParse(place).success) return `${place} is no place for objects`;
  try {
    return objectStorage(storageAccess(place, env));
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems.map(({ what }) => what).join(', ');
  }
}
