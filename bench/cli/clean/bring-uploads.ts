import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { messageOf } from '../../base/errors.ts';
import { makeFolders } from '../../base/make-folders.ts';
import { metadataKeys, type Machine } from '../../providers/fly/machines-api.ts';
import type { ObjectStorage } from '../../providers/fly/storage/object-storage.ts';
import { addPiece } from '../../providers/fly/vantage/add-piece.ts';
import { pieceNamed, uploadFolder, type Piece } from '../../providers/fly/vantage/piece-name.ts';
import { forgetOutcomes, recordAgain } from '../../samples/forget-outcomes.ts';
import { realFolder } from '../../samples/real-folder.ts';
import { files } from '../../samples/run-folder.ts';
import type { Samples } from './bring-home.ts';
import type { Storages } from './storages.ts';
import { runFolderOf, runOf, vantageOf } from './run-folder-of.ts';

/** What became of the objects that a machine uploaded and nobody fetched. */
export type Uploads =
  | { readonly state: 'none' }
  /** `file`: to which their rows were added; absent where they were there already. */
  | { readonly state: 'removed'; readonly objects: number; readonly file?: string }
  | { readonly state: 'left'; readonly place: string; readonly reason: string };

/**
 * Brings home what a machine uploaded, unless it gave all its samples itself, and removes it from the storage. What
 * can't be brought home stays there.
 */
export async function bringUploads(
  storages: Storages,
  machine: Machine,
  samples: Samples,
): Promise<Uploads> {
  const place = machine.metadata[metadataKeys.upload];
  if (place === undefined) return { state: 'none' };
  const folder = uploadFolder(runOf(machine), vantageOf(machine));
  const left = (reason: string): Uploads => ({ state: 'left', place: place + folder, reason });
  const storage = storages.at(place);
  if (typeof storage === 'string') return left(storage);
  try {
    const found = await storage.list(folder);
    const pieces = found
      .flatMap(({ name, bytes }) => {
        const piece = pieceNamed(name.slice(folder.length));
        return piece === undefined ? [] : [{ name, bytes, ...piece }];
      })
      .sort((a, b) => a.part - b.part || a.at - b.at);
    if (pieces.length === 0) return { state: 'none' };
    const run = samples.state === 'kept' ? undefined : await runFolderOf(machine);
    let file: string | undefined;
    for (const piece of pieces) {
      if (run !== undefined) file = await keep(storage, piece, run, vantageOf(machine));
      await storage.remove(piece.name);
    }
    const objects = pieces.length;
    return {
      state: 'removed',
      objects,
      ...(file === undefined ? {} : { file: relative('.', file) }),
    };
  } catch (error) {
    return left(messageOf(error));
  }
}

interface Found extends Piece {
  readonly name: string;
  readonly bytes: number;
}

/** Of a minute at most: pieces are small. */
const getMs = 60_000;

async function keep(
  storage: ObjectStorage,
  { name, bytes, part, shiftUs }: Found,
  run: string,
  vantage: string,
): Promise<string> {
  await makeFolders(run);
  await realFolder(join(run, 'samples'));
  const own = join(run, files.part(vantage, part));
  // Rows of a later part were put with the others if the run came to its end.
  const isApart = part > 0 && existsSync(own);
  const file = isApart ? own : join(run, files.samples(vantage));
  await addPiece(file, await storage.get(name, bytes, getMs), shiftUs);
  if (!isApart) await forgetOutcomes(run, vantage);
  await recordAgain(run, [relative(run, file), files.outcomes]);
  return file;
}
