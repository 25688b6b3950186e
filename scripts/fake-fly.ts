/**
 * A Machines API on this computer, to rehearse a run on Fly without an account: `npm run fake-fly -- --port 4280`.
 * Machines are folders and real local processes, hence the token: whoever has it runs programs as you. Serves until
 * Ctrl-C and leaves nothing.
 */
import { parseArgs } from 'node:util';
import { BenchError, messageOf } from '../bench/base/errors.ts';
import {
  realisticDelays,
  startFakeFly,
  type FakeFly,
  type RequestLog,
} from '../bench/providers/fake/index.ts';

const usage =
  'npm run fake-fly -- [--port 4280] [--realistic: pauses as on Fly] [--json: a JSON line each]';

/** Shorter ones can be guessed. */
const shortestToken = 16;

try {
  const { port, realistic, json } = flags();
  const fake = await startFakeFly({
    port,
    ...tokenFrom(process.env['FAKE_FLY_TOKEN']),
    ...(realistic ? { delays: realisticDelays } : {}),
    onRequest: (request) => {
      console.log(json ? JSON.stringify(request) : lineOf(request));
    },
  });
  console.log(json ? JSON.stringify({ url: fake.url, token: fake.token }) : welcome(fake));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void fake.close());
} catch (error) {
  console.error(`error ${messageOf(error)}`);
  console.error(`  fix ${error instanceof BenchError ? error.fix : usage}`);
  process.exitCode = error instanceof BenchError && error.kind === 'fault' ? 1 : 2;
}

function flags(): { readonly port: number; readonly realistic: boolean; readonly json: boolean } {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4280' },
      realistic: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new BenchError('usage', `--port ${values.port} is not a port.`, usage);
  return { ...values, port };
}

/** In the environment and not on the command line, which every user of this computer sees; random unless given. */
function tokenFrom(given: string | undefined): { readonly token?: string } {
  if (given === undefined || given === '') return {};
  if (given.length < shortestToken || /\s/.test(given))
    throw new BenchError(
      'usage',
      `FAKE_FLY_TOKEN is no token: it needs ${shortestToken} characters or more, and no blanks.`,
      'Unset it to get a random one.',
    );
  return { token: given };
}

function welcome({ url, token }: FakeFly): string {
  return [
    'A Machines API of your own; its machines are processes of this computer. In another terminal:',
    '',
    `  export FLY_FLAPS_BASE_URL=${url} FLY_API_TOKEN=${token}`,
    '  npx bench run --provider fly --regions cdg,ord,gru --target mine=http://127.0.0.1:3000/',
    '',
    'Ctrl-C ends it and every machine.',
    '',
  ].join('\n');
}

function lineOf({ at, action, method, path, status, ms }: RequestLog): string {
  const time = new Date(at).toISOString().slice(11, 23);
  const answer = status === 0 ? 'dropped' : String(status);
  return `${time}  ${answer.padEnd(7)}  ${action.padEnd(20)}  ${String(Math.round(ms)).padStart(6)} ms  ${method} ${path}`;
}
