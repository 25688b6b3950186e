import { z } from 'zod';
import { invalid } from '../api-error.ts';
import { bodyAs, ok, param, type Answer, type Call, type Route } from '../http/call.ts';
import { shellWords } from '../machine/shell-words.ts';

export const execRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/apps/:app/machines/:id/exec',
    action: 'machine.exec',
    handle: exec,
  },
];

/** Documented is `command`; flyctl sends `cmd`. */
const shape = z.looseObject({
  command: z.array(z.string()).optional(),
  cmd: z.string().optional(),
  stdin: z.string().optional(),
  timeout: z.number().optional(),
});

/** The longest that a command may take, and how long it may if nothing is said, in seconds. */
const mostS = 60;
const usualS = 30;

async function exec(call: Call): Promise<Answer> {
  const { command, cmd, stdin = '', timeout } = bodyAs(call, shape);
  const timeoutS = timeout === undefined || timeout === 0 ? usualS : timeout;
  if (timeoutS < 0 || timeoutS > mostS)
    throw invalid('invalid ExecRequest.Timeout: value must be inside range [0s, 1m0s]');
  const words = command ?? shellWords(cmd ?? '');
  if (words.length === 0) throw invalid('command is required');
  const machine = call.cloud.living(param(call, 'app'), param(call, 'id'));
  const answer = await machine.exec({ command: words, stdin, timeoutS });
  return { ...ok(answer), type: call.cloud.ground.options.execType };
}
