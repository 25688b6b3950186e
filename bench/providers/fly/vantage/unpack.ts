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
        this.readGroup(line.split(' '));
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

  private readGroup(words: readonly string[]): void {
    let at = 0;
    const next = (): string => known(words[at++], words.join(' '));
    const { place, rows } = known(this.groupShapes[Number(next())], words.join(' '));
    const origin = place === 'user' ? '' : this.originOf(place, next);
    const read = rows.map((row) => {
      if (row.isLater) this.atUs += Number(next());
      return { row, atUs: this.atUs, value: valueOf(row.value, next) };
    });
    const sum = () => durationOf(read.map(({ row, value }) => [row.metric, value]));
    for (const { row, atUs, value } of read)
      this.rows.push(
        `${row.metric},${atUs + this.shiftUs},${value ?? sum()},${row.rest},${origin}\n`,
      );
  }

  private originOf(place: Place, next: () => string): string {
    const user = next();
    const before = this.iterations.get(user) ?? 0;
    const iteration = place === 'said' ? Number(next()) : place === 'next' ? before + 1 : before;
    this.iterations.set(user, iteration);
    return `vu=${user}&iter=${iteration}`;
  }
}

function rowShape(text: string): RowShape {
  const comma = text.indexOf(',');
  return { metric: text.slice(0, comma), rest: text.slice(comma + 1) };
}

/** Undefined for a duration that is to be summed up. */
function valueOf(kind: string, next: () => string): string | undefined {
  if (kind === 'd') return undefined;
  if (kind === '0' || kind === '1') return `${kind}.000000`;
  const decimals = known(decimalsOf[kind], kind);
  const digits = next().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${whole}.${digits.slice(digits.length - decimals).padEnd(6, '0')}`;
}

/** Exact, in millionths. */
function durationOf(
  values: readonly (readonly [metric: string, value: string | undefined])[],
): string {
  const sum = summands
    .map((metric) => values.findLast(([name]) => name === metric)?.[1] ?? '0')
    .reduce((total, value) => total + Number(value.replace('.', '')), 0);
  const digits = String(sum).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

function known<T>(thing: T | undefined, where: string): T {
  if (thing === undefined)
    throw new Error(`The packed rows make no sense at: ${where.slice(0, 80)}`);
  return thing;
}
