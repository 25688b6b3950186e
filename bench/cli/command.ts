import { setMaxListeners } from 'node:events';
import { main } from './main.ts';

const interrupt = new AbortController();
// Every part of a world listens for it.
setMaxListeners(0, interrupt.signal);
// The first signal winds everything down; the listeners stay, so that a second one does not cut that short.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    interrupt.abort(signal);
  });
// A reader that went away (`bench regions | head -1`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  env: process.env,
  input: process.stdin,
  signal: interrupt.signal,
});
