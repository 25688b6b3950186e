import type { Seconds } from '../../../base/units.ts';

/** How a part is in its machine, as `vantage.sh poll` tells. */
export interface Poll {
  readonly state: 'starting' | 'ready' | 'running' | 'done';
  /** Of the machine. */
  readonly processors: number;
  /** k6's latest line; empty before there is one. */
  readonly progress: string;
  /** Once it is done. */
  readonly exit?: {
    readonly code: number;
    /** The last word of k6's log. */
    readonly error: string;
    /** The rows could not be packed to the end. */
    readonly isCut: boolean;
  };
  /** Closed since the poll before. */
  readonly segments: readonly SegmentMark[];
  /** Read since the poll before. */
  readonly readings: readonly CpuReading[];
  /** As many as were asked for, or there are. */
  readonly bytes: Buffer;
}

/** A closed segment of packed rows. */
export interface SegmentMark {
  readonly bytes: number;
  readonly sha256: string;
}

/** How much processor time k6 had used by then. */
export interface CpuReading {
  /** By the machine's clock, whole. */
  readonly unixS: Seconds;
  readonly uptimeS: Seconds;
  /** Hundredths of a second. */
  readonly ticks: number;
}

/** Reads the answer of a poll. Throws for anything that is none. */
export function parsePoll(text: string): Poll {
  const split = text.search(/^bytes$/m);
  const lines = (split === -1 ? text : text.slice(0, split)).split('\n');
  const said = (word: string): string[] =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const [exit] = said('exit');
  return {
    state: stateIn(said('state')[0], text),
    processors: Number(said('processors')[0] ?? 1),
    progress: said('progress')[0] ?? '',
    ...(exit === undefined
      ? {}
      : {
          exit: {
            code: Number(exit),
            error: said('error')[0] ?? '',
            isCut: said('packer').length > 0,
          },
        }),
    segments: said('segment').map(segmentIn),
    readings: said('cpu').map(readingIn),
    bytes: Buffer.from(split === -1 ? '' : text.slice(split + 'bytes'.length), 'base64'),
  };
}

function stateIn(word: string | undefined, text: string): Poll['state'] {
  if (word === 'starting' || word === 'ready' || word === 'running' || word === 'done') return word;
  throw new Error(`the machine answered nonsense: ${JSON.stringify(text.slice(0, 80))}`);
}

function segmentIn(text: string): SegmentMark {
  const [, bytes, sha256 = ''] = text.split(' ');
  return { bytes: Number(bytes), sha256 };
}

function readingIn(text: string): CpuReading {
  const [unixS = NaN, uptimeS = NaN, ticks = NaN] = text.split(' ').map(Number);
  return { unixS, uptimeS, ticks };
}
