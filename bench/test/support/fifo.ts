import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;

/** A pipe whose reader does what a test wants: it stands still, reads, or goes away. */
export interface TestPipe {
  /** The end to write to, for a child. */
  readonly input: number;
  /** Fills it: the next write has to wait. */
  fill(): void;
  /** Whether a write has to wait. */
  isFull(): boolean;
  /** What is there now. */
  read(): string;
  /** The reader goes away. */
  closeReader(): void;
  /** The child has its own copy. */
  closeInput(): void;
}

export function openPipe(): TestPipe {
  const folder = mkdtempSync(join(tmpdir(), 'pipe-'));
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const output = openSync(path, O_RDONLY | O_NONBLOCK);
  const input = openSync(path, O_WRONLY);
  const filling = openSync(path, O_WRONLY | O_NONBLOCK);
  rmSync(folder, { recursive: true });
  const put = (bytes: number) => attempt(() => writeSync(filling, Buffer.alloc(bytes, '.')));
  return {
    input,
    fill: () => {
      // By the page, and then by the byte: a pipe that is nearly full is not full.
      for (const bytes of [4096, 1]) while (put(bytes) > 0);
    },
    isFull: () => put(1) === 0,
    read: () => {
      const [parts, chunk]: [string[], Buffer] = [[], Buffer.alloc(65_536)];
      for (;;) {
        const n = attempt(() => readSync(output, chunk));
        if (n === 0) return parts.join('');
        parts.push(chunk.toString('utf8', 0, n));
      }
    },
    closeReader: () => {
      closeSync(filling);
      closeSync(output);
    },
    closeInput: () => {
      closeSync(input);
    },
  };
}

/** 0 where it would have to wait. */
function attempt(act: () => number): number {
  try {
    return act();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}
