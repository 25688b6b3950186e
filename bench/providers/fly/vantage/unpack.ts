import { known, PackedLine } from './packed-line.ts';
import { durationOf, valueOf } from './packed-value.ts';

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
        this.readGroup(new PackedLine(line));
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

  private readGroup(line: PackedLine): void {
    const { place, rows } = known(this.groupShapes[Number(line.next())], line);
    const origin = place === 'user' ? '' : this.originOf(place, line);
    const times: number[] = [];
    const values = rows.map(({ isLater, value }) => {
      if (isLater) this.atUs += Number(line.next());
      times.push(this.atUs + this.shiftUs);
      return valueOf(value, line);
    });
    rows.forEach(({ metric, rest }, i) => {
      const value = values[i] ?? durationOf(rows, values);
      this.rows.push(`${metric},${times[i] ?? NaN},${value},${rest},${origin}\n`);
    });
  }

  private originOf(place: Place, line: PackedLine): string {
    const user = line.next();
    const before = this.iterations.get(user) ?? 0;
    const iteration =
      place === 'said' ? Number(line.next()) : place === 'next' ? before + 1 : before;
    this.iterations.set(user, iteration);
    return `vu=${user}&iter=${iteration}`;
  }
}

function rowShape(text: string): RowShape {
  const comma = text.indexOf(',');
  return { metric: text.slice(0, comma), rest: text.slice(comma + 1) };
}
