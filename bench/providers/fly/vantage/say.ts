import type { Exec } from './exec.ts';
import { guestFolder } from './guest-files.ts';

/** Says one verb of guest/vantage.sh to a machine; gives what it printed. Throws if it can't be said, or fails. */
export type Say = (words: readonly string[], stdin?: string) => Promise<string>;

export const sayBy =
  (exec: Exec): Say =>
  async (words, stdin) => {
    const command = ['sh', `${guestFolder}/vantage.sh`, ...words];
    const answer = await exec(command, stdin === undefined ? {} : { stdin });
    if (answer.exitCode === 0) return answer.stdout;
    const why = answer.stderr.trim().split('\n').at(-1) ?? '';
    throw new Error(`"${words.slice(0, 2).join(' ')}" failed in the machine: ${why}`);
  };
