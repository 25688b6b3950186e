import { setMaxListeners } from 'node:events';
import { exitCodes } from './exit-codes.ts';
import { isHangUpIgnored } from './hang-up.ts';
import { stopListening } from './interruptible.ts';
import { main } from './main.ts';
import { watchOutputs } from './watch-outputs.ts';

const interrupt = new AbortController();
// Every part of a world listens for it.
setMaxListeners(0, interrupt.signal);
// The first signal winds everything down; the listeners stay, so that a second one does not cut that short.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    interrupt.abort(signal);
  });
const survivesTerminal = isHangUpIgnored();
process.on('SIGHUP', () => {
  if (!survivesTerminal) interrupt.abort('SIGHUP');
});
const outputs = watchOutputs(process.stdout, process.stderr, () => {
  // It may come to light when all else is done.
  if ((process.exitCode ?? 0) === 0) process.exitCode = exitCodes.fault;
});

process.exitCode = outputs.exitCode(
  await main(process.argv.slice(2), {
    out: process.stdout,
    err: process.stderr,
    env: process.env,
    input: process.stdin,
    signal: interrupt.signal,
  }),
);
// Nothing is left but to hand over the output, which may wait for its reader for ever.
stopListening();
