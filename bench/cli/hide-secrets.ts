import { BenchError, ProblemsError } from '../base/errors.ts';
import type { Io } from './io.ts';

/**
 * Carries out something whose notes, and whose errors, must not show what `mask` takes out of a text: targets, k6 and
 * Fly repeat what they were sent. Results are made of what is stored, which is masked already.
 */
export async function hidingSecrets<T>(
  io: Io,
  mask: (text: string) => string,
  act: (io: Io) => Promise<T>,
): Promise<T> {
  try {
    return await act({ ...io, err: masked(io.err, mask) });
  } catch (error) {
    throw withoutSecrets(error, mask);
  }
}

/** The same stream, of whose texts the secrets are taken. */
function masked(stream: NodeJS.WriteStream, mask: (text: string) => string): NodeJS.WriteStream {
  const write = (chunk: unknown, ...rest: unknown[]): boolean =>
    (stream.write as (...all: unknown[]) => boolean).call(
      stream,
      typeof chunk === 'string' ? mask(chunk) : chunk,
      ...rest,
    );
  return new Proxy(stream, {
    get: (target, name) => {
      if (name === 'write') return write;
      const found: unknown = Reflect.get(target, name, target);
      return typeof found === 'function'
        ? (found as (...args: unknown[]) => unknown).bind(target)
        : found;
    },
  });
}

/** The error itself, since what it is decides how the command ends. */
function withoutSecrets(error: unknown, mask: (text: string) => string): unknown {
  if (!(error instanceof Error)) return error;
  const texts: Record<string, unknown> = { message: mask(error.message) };
  if (error.stack !== undefined) texts['stack'] = mask(error.stack);
  if (error instanceof BenchError) texts['fix'] = mask(error.fix);
  if (error instanceof ProblemsError)
    texts['problems'] = error.problems.map(({ where, what, fix }) => ({
      ...{ where: mask(where), what: mask(what), fix: mask(fix) },
    }));
  for (const [name, value] of Object.entries(texts))
    Object.defineProperty(error, name, { value, configurable: true, writable: true });
  return error;
}
