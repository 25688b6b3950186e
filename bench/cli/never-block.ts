/** What libuv's terminals and pipes offer to Node, and Node to nobody else. */
interface Handle {
  setBlocking?(on: boolean): number;
}

/**
 * Lets no write to an output wait for its reader: a terminal that was stopped (Ctrl-S), or a pipe whose reader stands
 * still (`| less`), would stop this whole process, signals and measurements included. What can't be written yet waits in
 * the stream (`writableLength`); who shows what moves leaves it out meanwhile. Files never wait.
 *
 * Node writes to terminals that way unless told; a pipe gets so when a child inherits it (esbuild's standard error does):
 * libuv makes it blocking for both. So it is said again before each write.
 */
export function neverBlock(stream: NodeJS.WriteStream): void {
  const { _handle: handle } = stream as { _handle?: Handle | null };
  if (typeof handle?.setBlocking !== 'function' || process.platform === 'win32') return;
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  stream.write = (...args: unknown[]) => {
    handle.setBlocking?.(false);
    return write(...args);
  };
}
