import { visible, withoutCommands } from '../base/visible.ts';

/**
 * A stream whose text can't do more than be read: the last edge, behind which a forgotten {@link visible} does no harm.
 * Line ends, tabs, colours, and on a terminal the movements of a progress display pass; all other control characters
 * are shown, and no line is a command to a CI system.
 */
export function guardOutput(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  let atLineStart = true;
  const write = (chunk: unknown, ...rest: unknown[]): boolean => {
    const send = stream.write.bind(stream) as (...all: unknown[]) => boolean;
    if (typeof chunk !== 'string' || chunk === '') return send(chunk, ...rest);
    const text = harmless(chunk, stream.isTTY, atLineStart);
    atLineStart = chunk.endsWith('\n');
    return send(text, ...rest);
  };
  const guarded = new Proxy(stream, {
    get: (target, key) => {
      if (key === 'write') return write;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  unguarded.set(guarded, stream);
  return guarded;
}

const unguarded = new WeakMap<NodeJS.WriteStream, NodeJS.WriteStream>();

/** Where commands for a CI system are meant to be written. */
export const unguardedOutput = (stream: NodeJS.WriteStream): NodeJS.WriteStream =>
  unguarded.get(stream) ?? stream;

// eslint-disable-next-line no-control-regex
const colour = /(\u001b\[[\d;]*m|[\n\t])/;
// eslint-disable-next-line no-control-regex
const movement = /(\u001b\[[\d;]*m|\u001b\[\d*[ABCDGJK]|\u001b\[\?(?:25|2026)[hl]|[\n\t\r])/;

function harmless(text: string, isTTY: boolean, atLineStart: boolean): string {
  // What split() captured, every second piece, is ours.
  const pieces = text.split(isTTY ? movement : colour);
  const shown = pieces.map((piece, i) => (i % 2 === 1 ? piece : visible(piece))).join('');
  if (atLineStart) return withoutCommands(shown);
  const end = shown.indexOf('\n') + 1;
  return end === 0 ? shown : shown.slice(0, end) + withoutCommands(shown.slice(end));
}
