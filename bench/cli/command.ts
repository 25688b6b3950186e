import { setMaxListeners } from 'node:events';
import { endEarly, endSignals } from './end-early.ts';
import { exitCodes } from './exit-codes.ts';
import { isHangUpIgnored } from './hang-up.ts';
import type { Io } from './io.ts';
import { leaveTerminalOnExit } from './leave-terminal.ts';
import { main } from './main.ts';
import { neverBlock } from './never-block.ts';
import { tellError } from './show-error.ts';
import { watchOutputs } from './watch-outputs.ts';

/** What was said last of a command that was ended early is waited for no longer than this, in milliseconds. */
const lastWordsMs = 2000;
/** Node's own exit code for a module that waits for what never comes. */
const unsettled = 13;

let isDone = false;
leaveTerminalOnExit();
const { stdout: out, stderr: err, stdin: input } = process;
neverBlock(out);
neverBlock(err);

const interrupt = new AbortController();
// Every part of a world listens for it.
setMaxListeners(0, interrupt.signal);
const io: Io = { out, err, env: process.env, input, signal: interrupt.signal };

const end = endEarly({
  abort: (why) => {
    interrupt.abort(why);
  },
  say: (text) => err.write(text),
  leave: (how) => {
    if (how === 'hung') err.write(hung);
    // What was not read yet is lost.
    process.exit(how === 'hung' ? exitCodes.fault : process.exitCode || exitCodes.interrupted);
  },
  now: () => performance.now(),
});
const hung =
  'error Winding down did not come to its end in time: something may be left.\n  fix Remove it with bench clean; what was measured is in the folder of the run.\n';

const goesOnAlone = isHangUpIgnored();
for (const signal of endSignals)
  process.on(signal, () => {
    if (signal !== 'SIGHUP' || !goesOnAlone) end.signalled(signal);
  });
// A file that may not grow further refuses the write, too, and that is told. A listener is needed because a library has one.
process.on('SIGXFSZ', () => undefined);
process.on('uncaughtException', (error) => {
  if (isDone) process.exitCode = showFault(error);
  end.fault(error);
});
const outputs = watchOutputs(
  { out, err, input },
  {
    goesOnAlone,
    windDown: (why) => {
      end.windDown(why);
    },
    lost: () => {
      // It may come to light when all else is done.
      if ((process.exitCode ?? 0) === 0) process.exitCode = exitCodes.fault;
    },
  },
);

process.once('exit', (exitCode) => {
  if (isDone || exitCode !== unsettled) return;
  // Nothing is under way any more, and yet the command has not come to its end.
  err.write(
    'error The command stopped in the middle.\n  fix Please report it, with DEBUG=bench.\n',
  );
  process.exitCode = exitCodes.fault;
});
const code = await main(process.argv.slice(2), io);
isDone = true;
const fault = end.faults();
process.exitCode = outputs.exitCode(fault === undefined ? code : showFault(fault.error));
end.over();
// A reader that stands still must not keep what was asked to end.
if (interrupt.signal.aborted) setTimeout(() => process.exit(process.exitCode), lastWordsMs).unref();

/** Whatever was interrupted by it, it is told. */
function showFault(error: unknown): typeof exitCodes.fault {
  tellError(error, io);
  return exitCodes.fault;
}
