/** The numbers of a group's line, one after the other. */
export class PackedLine {
  private readonly words: readonly string[];
  private at = 0;

  constructor(line: string) {
    this.words = line.split(' ');
  }

  next(): string {
    return known(this.words[this.at++], this);
  }

  toString(): string {
    return this.words.join(' ');
  }
}

/** The thing, if there is one. Throws otherwise; `where`: a line of the segment. */
export function known<T>(thing: T | undefined, where: { toString(): string }): T {
  if (thing !== undefined) return thing;
  throw new Error(`The packed rows make no sense at: ${where.toString().slice(0, 80)}`);
}
