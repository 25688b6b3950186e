import { PassThrough } from 'node:stream';
import { main } from '../../cli/main.ts';
import type { Ended } from './bench.ts';

/** Runs a command inside this process: the same code without the second that a process takes to start. */
export async function benchHere(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const code = await main(args, {
    out: out as unknown as NodeJS.WriteStream,
    err: err as unknown as NodeJS.WriteStream,
    env: { ...process.env, NO_COLOR: '1', ...env },
    signal: new AbortController().signal,
    input: process.stdin,
  });
  const textOf = (stream: PassThrough) => (stream.read() as Buffer | null)?.toString() ?? '';
  return { code, stdout: textOf(out), stderr: textOf(err) };
}
