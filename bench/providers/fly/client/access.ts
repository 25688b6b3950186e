import { BenchError } from '../../../base/errors.ts';
import { authorizationOf, howToGetToken } from './token.ts';

/** What it takes to talk to Fly. */
export interface FlyAccess {
  readonly baseUrl: string;
  readonly token: string;
  /** Where a proxy is named, as usual: HTTPS_PROXY, HTTP_PROXY, NO_PROXY. */
  readonly proxies?: Readonly<Record<string, string | undefined>>;
}

/** From the same variables that flyctl reads. Throws (usage) for what can't work. */
export function flyAccess(env: NodeJS.ProcessEnv): FlyAccess {
  const token = flyToken(env);
  if (token === undefined) throw new BenchError('usage', 'There is no Fly token.', howToGetToken);
  authorizationOf(token);
  const said = env['FLY_FLAPS_BASE_URL']?.trim() ?? '';
  return {
    baseUrl: checkBaseUrl(said === '' ? 'https://api.machines.dev' : said),
    token,
    proxies: proxiesOf(env),
  };
}

/** Undefined: none is set. */
export function flyToken(env: NodeJS.ProcessEnv): string | undefined {
  return [env['FLY_ACCESS_TOKEN'], env['FLY_API_TOKEN']].find(
    (token) => token !== undefined && token.trim() !== '',
  );
}

/** The origin. Paths of the API begin at the host's root for every client of it, so a path would get lost. */
export function checkBaseUrl(text: string): string {
  const refuse = (why: string): never => {
    throw new BenchError(
      'usage',
      `FLY_FLAPS_BASE_URL ${why}`,
      'Give scheme and host alone, like https://api.machines.dev, or leave it out.',
    );
  };
  if (!URL.canParse(text)) return refuse('is not a URL.');
  const { protocol, pathname, search, username, origin, hostname } = new URL(text);
  if (!/^https?:$/.test(protocol)) return refuse('is neither http nor https.');
  if (pathname !== '/' || search !== '') return refuse('has a path, which would be ignored.');
  if (username !== '') return refuse('has a user name in it.');
  if (protocol === 'http:' && !isNear(hostname))
    return refuse(`would send the token unencrypted to ${hostname}.`);
  return origin;
}

/** This machine, the private network of Fly, or a name without a dot: a container beside this one. */
export const isNear = (host: string): boolean =>
  /^(127(\.\d+){3}|\[::1\]|[^.:[\]]+|.*\.(internal|localhost))$/.test(host);

/** As usual in either case. */
export const proxiesOf = (env: NodeJS.ProcessEnv): NonNullable<FlyAccess['proxies']> =>
  Object.fromEntries(
    ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].map((name) => [
      name,
      env[name.toLowerCase()] ?? env[name],
    ]),
  );
