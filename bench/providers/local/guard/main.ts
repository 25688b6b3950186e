/**
 * A process beside the program that outlives it: when the program is gone, by whatever means, it ends what the program
 * had started and removes its folders. In a session of its own, so that Ctrl-C in the terminal does not reach it.
 */
import { endAll } from './end-all.ts';
import { thisHost } from './host.ts';
import { startTimeOf } from './identity.ts';
import { journalFolder, removeJournal, writeJournal, type Identity } from './journal.ts';
import type { GuardMessage, GuardReady } from './protocol.ts';
import type { Watched } from './watched.ts';

/** Processes are gone within a second; a slow disk may take longer over the folders, but not for ever. Milliseconds. */
const limitMs = 10_000;

const processes = new Map<number, Watched>();
const folders = new Set<string>();

const identityOf = (pid: number): Identity => ({ pid, started: startTimeOf(pid) ?? '' });
const [guard, owner] = [identityOf(process.pid), identityOf(process.ppid)];
const host = thisHost();
const journals = journalFolder(process.env);

function receive(message: GuardMessage): void {
  switch (message.type) {
    case 'watch':
      watch(message);
      break;
    case 'forget':
      processes.delete(message.pid);
      break;
    case 'folder':
      folders.add(message.path);
      break;
    case 'forget-folder':
      folders.delete(message.path);
      break;
    case 'bye':
      removeJournal(journals, guard);
      process.exit(0);
  }
  writeJournal(journals, {
    ...{ host, guard, owner },
    watched: [...processes.values()],
    folders: [...folders],
  });
}

function watch({ pid, signal, group }: Extract<GuardMessage, { type: 'watch' }>): void {
  const started = startTimeOf(pid);
  if (started !== undefined) processes.set(pid, { pid, signal, group, started });
}

async function parentGone(): Promise<void> {
  setTimeout(() => process.exit(1), limitMs);
  await endAll([...processes.values()], [...folders]);
  removeJournal(journals, guard);
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('message', (message) => {
  receive(message as GuardMessage);
});
process.on('disconnect', () => void parentGone());
process.send?.({ type: 'ready' } satisfies GuardReady);
