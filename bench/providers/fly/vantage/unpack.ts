/**
 * Gives k6's CSV rows back from a segment that `../guest/pack.awk` packed (the format is described there); the tags
 * of a row come in order. Times are moved by `shiftUs`, because a segment carries the machine's clock.
 * Bytes are one character each (latin1), since rows may hold any.
 */
export function unpackSegment(packed: string, shiftUs = 0): string {
  const reader = new SegmentReader(shiftUs);
  for (const line of packed.split('\n')) if (line !== '') reader.read(line);
  return reader.rows.join('');
}

type Place = 'user' | 'same' | 'next' | 'said';
const places: Readonly<Record<string, Place>> = {
  '-': 'user',
  '=': 'same',
  '+': 'next',
  '*': 'said',
};

interface RowShape {
  readonly metric: string;
  /** Error code, status and tags with their commas. */
  readonly rest: string;
}

interface GroupRow extends RowShape {
  readonly isLater: boolean;
  readonly value: string;
}

interface GroupShape {
  readonly place: Place;
  readonly rows: readonly GroupRow[];
}

const decimalsOf: Readonly<Record<string, number>> = { i: 0, c: 2, u: 6 };
/** What a request's duration is the sum of, in k6's own definition. */
const summands = ['http_req_sending', 'http_req_waiting', 'http_req_receiving'];

class SegmentReader {
  readonly rows: string[] = [];
  private readonly shiftUs: number;
  private readonly rowShapes: RowShape[] = [];
  private readonly groupShapes: GroupShape[] = [];
  private readonly iterations = new Map<string, number>();
  private atUs = 0;

  constructor(shiftUs: number) {
    this.shiftUs = shiftUs;
  }

  read(line: string): void {
    const text = line.slice(1);
    switch (line[0]) {
      case '"':
        this.rows.push(`${this.shifted(text)}\n`);
        break;
      case "'":
        this.rows.push(`${text}\n`);
        break;
      case 'R':
        this.rowShapes.push(rowShape(text));
        break;
      case 'G':
        this.groupShapes.push(this.groupShape(text));
        break;
      default:
        this.readGroup(new Words(line));
    }
  }

  /** A row as k6 wrote it, whose time is the second field if it is a time at all. */
  private shifted(row: string): string {
    if (this.shiftUs === 0) return row;
    return row.replace(
      /^([^",]*,)(\d{16}),/,
      (_, metric: string, at: string) => `${metric}${Number(at) + this.shiftUs},`,
    );
  }

  private groupShape(text: string): GroupShape {
    const [place = '', ...rows] = text.split(' ');
    return {
      place: known(places[place], text),
      rows: rows.map((row) => ({
        ...known(this.rowShapes[Number(row.slice(0, -2))], text),
        isLater: row.at(-2) === 't',
        value: row.at(-1) ?? '',
      })),
    };
  }

  private readGroup(words: Words): void {
    const { place, rows } = known(this.groupShapes[Number(words.next())], words);
    const origin = place === 'user' ? '' : this.originOf(place, words);
    const times: number[] = [];
    const values = rows.map(({ isLater, value }) => {
      if (isLater) this.atUs += Number(words.next());
      times.push(this.atUs + this.shiftUs);
      return valueOf(value, words);
    });
    rows.forEach(({ metric, rest }, i) => {
      const value = values[i] ?? durationOf(rows, values);
      this.rows.push(`${metric},${times[i] ?? NaN},${value},${rest},${origin}\n`);
    });
  }

  private originOf(place: Place, words: Words): string {
    const user = words.next();
    const before = this.iterations.get(user) ?? 0;
    const iteration =
      place === 'said' ? Number(words.next()) : place === 'next' ? before + 1 : before;
    this.iterations.set(user, iteration);
    return `vu=${user}&iter=${iteration}`;
  }
}

/** The numbers of a group's line, one after the other. */
class Words {
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

function rowShape(text: string): RowShape {
  const comma = text.indexOf(',');
  return { metric: text.slice(0, comma), rest: text.slice(comma + 1) };
}

/** Undefined for a duration that is to be summed up. */
function valueOf(kind: string, words: Words): string | undefined {
  if (kind === 'd') return undefined;
  if (kind === '0' || kind === '1') return `${kind}.000000`;
  const decimals = known(decimalsOf[kind], words);
  const digits = words.next();
  if (decimals === 0) return `${digits}.000000`;
  const point = digits.length - decimals;
  if (point <= 0) return `0.${digits.padStart(decimals, '0').padEnd(6, '0')}`;
  return `${digits.slice(0, point)}.${digits.slice(point).padEnd(6, '0')}`;
}

/** Exact, in millionths. */
function durationOf(rows: readonly GroupRow[], values: readonly (string | undefined)[]): string {
  const sum = summands
    .map((metric) => values[rows.findLastIndex((row) => row.metric === metric)] ?? '0')
    .reduce((total, value) => total + Number(value.replace('.', '')), 0);
  const digits = String(sum).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/** `where`: a line of the segment. */
function known<T>(thing: T | undefined, where: { toString(): string }): T {
  if (thing !== undefined) return thing;
  throw new Error(`The packed rows make no sense at: ${where.toString().slice(0, 80)}`);
}
