import { messageOf } from '../../../base/errors.ts';
import type { Millis, UnixMillis } from '../../../base/units.ts';
import type { ProviderEvents } from '../../provider.ts';
import type { ObjectStorage } from '../storage/object-storage.ts';
import type { Collector } from './collect.ts';
import { pieceName, type Piece } from './piece-name.ts';
import type { Say } from './say.ts';

/** The way past the Machines API for many rows: the machine puts them into object storage, and we fetch them there. */
export interface Uploads {
  readonly storage: ObjectStorage;
  /** What the names of this machine's objects begin with: its own alone. */
  readonly folder: string;
  /** Tells a person how it went. */
  readonly step: ProviderEvents['step'];
}

/** Fewer bytes come sooner by exec, 256 KiB a second. */
const worthBytes = 4 * 2 ** 20;
/** The machine holds a piece in memory some times over; and it must be through in the time of one call. */
const pieceBytes = 16 * 2 ** 20;
/** The call that asks for it ends after twenty seconds. */
const putMs: Millis = 12_000;
const getMs: Millis = 60_000;

/**
 * Brings home what is missing of a part that is done, if it is much and as far as it works, until `giveUpAt`; what is
 * missing afterwards has to come by exec. Never rejects.
 */
export async function bringByStorage(
  say: Say,
  part: number,
  collector: Collector,
  { storage, folder, step }: Uploads,
  giveUpAt: () => UnixMillis,
): Promise<void> {
  if (collector.missing <= worthBytes) return;
  // A piece that nobody came to fetch is of use if it begins where the rows file ends.
  await collector.rewind().catch(() => undefined);
  const total = collector.missing;
  const done = step(`Bringing samples home by ${storage.place}${folder}`);
  const from = collector.offset;
  try {
    while (collector.missing > 0) {
      const bytes = collector.wholeSegments(pieceBytes);
      const piece = { part, at: collector.offset, shiftUs: collector.shiftUs, bytes };
      await bringPiece(say, piece, collector, { storage, folder }, giveUpAt() - Date.now());
    }
    await settledAt(collector, from + total);
    done(`${(total / 1e6).toFixed(1)} MB`);
  } catch (error) {
    done(`${messageOf(error)}; the rest comes through the Machines API`);
  }
}

async function bringPiece(
  say: Say,
  { bytes, ...piece }: Piece & { readonly bytes: number },
  collector: Collector,
  { storage, folder }: Pick<Uploads, 'storage' | 'folder'>,
  leftMs: Millis,
): Promise<void> {
  const seconds = Math.floor(Math.min(putMs, leftMs / 2) / 1000);
  if (seconds < 1) throw new Error('there was no time for more');
  const { part, at } = piece;
  const name = folder + pieceName(piece);
  const words = ['upload', part, at, bytes, seconds].map(String);
  // If this fails, nobody knows what the machine still does: what it leaves is removed with the machine.
  checkAnswer(await say(words, await storage.invite(name)));
  try {
    const rows = await storage.get(name, bytes, Math.min(getMs, leftMs));
    // What came before may have been damaged; then this does not fit.
    await settledAt(collector, at);
    await collector.take({ segments: [], readings: [], bytes: rows }, at);
  } finally {
    await storage.remove(name).catch(() => undefined);
  }
}

function checkAnswer(text: string): void {
  const [, status = '0', code = '0'] = /^answered (\d+) (\d+)$/m.exec(text) ?? [];
  if (/^2/.test(status)) return;
  throw new Error(
    status === '0'
      ? `the machine could not reach it (k6 error ${code})`
      : `it refused the machine's rows (HTTP ${status})`,
  );
}

/** Throws unless all that was brought was sound. */
async function settledAt(collector: Collector, offset: number): Promise<void> {
  await collector.settled();
  if (collector.offset !== offset) throw new Error('rows came damaged');
}
