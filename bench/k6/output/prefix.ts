/**
 * Bytes to be recognised at a position, compared four at a time (a DataView's getInt32 is one machine instruction;
 * a loop over single bytes took a third of all reading time).
 */
export class Prefix {
  length = 0;
  private readonly words: Int32Array;

  /** Room for at most `capacity` bytes. */
  constructor(capacity: number) {
    this.words = new Int32Array(Math.ceil(capacity / 4));
  }

  static of(text: string): Prefix {
    const bytes = Buffer.from(text);
    const prefix = new Prefix(bytes.length);
    prefix.learn(viewOf(bytes), 0, bytes.length);
    return prefix;
  }

  /** Remembers `length` bytes from `at`; fewer than four are never recognised afterwards. */
  learn(view: DataView, at: number, length: number): void {
    this.length = length;
    for (let i = 0; 4 * i < length && length >= 4; i++)
      this.words[i] = view.getInt32(this.wordAt(at, i), true);
  }

  /** False also if too few bytes are left. */
  isAt(view: DataView, at: number): boolean {
    const { length } = this;
    if (length < 4 || at + length > view.byteLength) return false;
    for (let i = 0; 4 * i < length; i++)
      if (view.getInt32(this.wordAt(at, i), true) !== this.words[i]) return false;
    return true;
  }

  /** The last word overlaps the one before it, so that it never reads beyond the prefix. */
  private wordAt(at: number, i: number): number {
    return at + Math.min(4 * i, this.length - 4);
  }
}

export function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
