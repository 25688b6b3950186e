/** A key of a TOML text, or the head of a table. */
export interface TomlKey {
  readonly path: readonly string[];
  /** From 1. */
  readonly line: number;
}

/**
 * The keys of a valid TOML text in the order in which they are written, which the parsed object loses: JavaScript puts
 * keys like `10` and `9` first, and sorts them. Stops where the text is not TOML.
 */
export function tomlKeys(text: string): TomlKey[] {
  const reader = new Reader(text);
  try {
    reader.readDocument();
  } catch (error) {
    if (!(error instanceof NotToml)) throw error;
  }
  return reader.keys;
}

class NotToml extends Error {}

class Reader {
  readonly keys: TomlKey[] = [];
  private at = 0;
  private line = 1;
  private counted = 0;

  constructor(private readonly text: string) {}

  readDocument(): void {
    let table: readonly string[] = [];
    while (!this.isAtEnd()) {
      if (this.takes(/\[\[?/y) !== undefined) {
        table = this.readKey();
        this.note(table);
        this.expect(/[ \t]*\]\]?/y);
      } else this.readAssignment(table);
    }
  }

  private readAssignment(table: readonly string[]): void {
    const path = [...table, ...this.readKey()];
    this.note(path);
    this.expect(/[ \t]*=[ \t]*/y);
    this.readValue(path);
  }

  private readKey(): string[] {
    const parts = [this.readPart()];
    while (this.takes(/[ \t]*\.[ \t]*/y) !== undefined) parts.push(this.readPart());
    return parts;
  }

  private readPart(): string {
    this.takes(/[ \t]+/y);
    const basic = this.takes(/"(?:[^"\\\n]|\\.)*"/y);
    if (basic !== undefined) return unescaped(basic.slice(1, -1));
    const literal = this.takes(/'[^'\n]*'/y);
    return literal === undefined ? this.expect(/[\w-]+/y) : literal.slice(1, -1);
  }

  private readValue(path: readonly string[]): void {
    const isText = this.takes(
      /"""(?:[^\\]|\\[^])*?"{3,5}|'''[^]*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y,
    );
    if (isText !== undefined) return;
    if (this.takes(/\[/y) !== undefined)
      this.readList(']', () => {
        this.readValue(path);
      });
    else if (this.takes(/\{/y) !== undefined)
      this.readList('}', () => {
        this.readAssignment(path);
      });
    else this.expect(/[^\s,\]}#][^,\]}#\n]*/y);
  }

  private readList(end: ']' | '}', readItem: () => void): void {
    const close = end === ']' ? /\]/y : /\}/y;
    while (!this.isAtEnd() && this.takes(close) === undefined) {
      readItem();
      this.skipBlank();
      this.takes(/,/y);
    }
  }

  private isAtEnd(): boolean {
    this.skipBlank();
    return this.at >= this.text.length;
  }

  private skipBlank(): void {
    this.takes(/(?:[\s\uFEFF]|#[^\n]*)+/y);
  }

  private note(path: readonly string[]): void {
    for (; this.counted < this.at; this.counted++)
      if (this.text[this.counted] === '\n') this.line++;
    this.keys.push({ path, line: this.line });
  }

  private takes(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private expect(pattern: RegExp): string {
    const found = this.takes(pattern);
    if (found === undefined) throw new NotToml();
    return found;
  }
}

const unescaped = (text: string): string =>
  text.replace(/\\(u[\da-f]{4}|U[\da-f]{8}|x[\da-f]{2}|.)/gi, (_, escape: string) =>
    escape.length > 1
      ? String.fromCodePoint(parseInt(escape.slice(1), 16))
      : ({ b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\x1b' }[escape] ?? escape),
  );
