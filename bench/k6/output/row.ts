const COMMA = 0x2c;
const NEWLINE = 0x0a;
const QUOTE = 0x22;

/** More columns than k6 ever writes; the rest of a longer row is not looked at. */
const MAX_FIELDS = 64;

/**
 * One row as positions in bytes, reused for every row. csv-parse 7.0.3, which makes a string of every field, reads
 * 0.16 million of these rows a second; a run has thirteen million. Most rows are only looked at as far as their third comma, and
 * the search for the row's end is native. `scripts/bench-output.ts` measures it.
 */
export class Row {
  /** What the positions point into: the chunk, or for a quoted row a copy without the quotes. */
  bytes: Buffer = Buffer.alloc(0);
  isQuoted = false;
  readonly starts = new Int32Array(MAX_FIELDS + 1);
  readonly ends = new Int32Array(MAX_FIELDS);
  /** Fields found by now; all of the row's after `splitRest`. */
  fields = 0;
  private end = 0;

  /** Takes an unquoted row and finds its first `fields` fields, fewer if it has fewer. */
  begin(bytes: Buffer, from: number, end: number, fields: number): void {
    this.bytes = bytes;
    this.isQuoted = false;
    this.end = end;
    this.fields = 0;
    this.starts[0] = from;
    this.split(fields);
  }

  /** Finds all further fields. */
  splitRest(): void {
    this.split(MAX_FIELDS);
  }

  /** RFC 4180: a quoted field may hold commas, line ends, and quotes written twice. Gives the position after the row, or -1 if it goes on after the chunk or `longest` bytes. */
  beginQuoted(chunk: Buffer, from: number, longest: number): number {
    const end = endOfQuotedRow(chunk, from, Math.min(chunk.length, from + longest));
    if (end === -1) return -1;
    this.bytes = Buffer.allocUnsafe(end - from);
    this.isQuoted = true;
    this.end = 0;
    this.fields = 0;
    this.starts[0] = 0;
    for (let at = from, inside = false; at < end; at++) {
      const byte = chunk[at] ?? 0;
      if (byte === QUOTE && !(inside && chunk[at + 1] === QUOTE)) inside = !inside;
      else if (byte === COMMA && !inside) this.closeField(this.end, this.end);
      else {
        this.bytes[this.end++] = byte;
        if (byte === QUOTE) at++;
      }
    }
    this.closeField(this.end, this.end + 1);
    return end + 1;
  }

  text(field: number): string {
    return this.bytes.toString('utf8', this.starts[field], this.ends[field]);
  }

  private split(upTo: number): void {
    // Locals, not members: every byte of a row's head passes here.
    const { bytes, end, starts, ends } = this;
    let field = this.fields;
    let at = starts[field] ?? 0;
    for (; at < end && field < upTo; at++) {
      if (bytes[at] !== COMMA) continue;
      ends[field++] = at;
      starts[field] = at + 1;
    }
    this.fields = field;
    if (at === end && field < upTo) this.closeField(end, end + 1);
  }

  private closeField(end: number, next: number): void {
    if (this.fields === MAX_FIELDS) return;
    this.ends[this.fields++] = end;
    this.starts[this.fields] = next;
  }
}

function endOfQuotedRow(chunk: Buffer, from: number, limit: number): number {
  let inside = false;
  for (let at = from; at < limit; at++) {
    if (chunk[at] === QUOTE) inside = !inside;
    else if (chunk[at] === NEWLINE && !inside) return at;
  }
  return -1;
}
