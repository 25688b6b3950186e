import type { Problem } from '../base/errors.ts';
import { maskUrls } from '../base/secrets.ts';
import { topologies } from '../topologies/index.ts';
import type { UrlTarget } from './config.ts';
import type { Settings, Where } from './settings.ts';
import { targetUrl } from './target-url.ts';

/**
 * The deployments of the user's own that are to be measured, in the order typed; adds to `problems` what is wrong with
 * them. `taken`: the names of the topologies that are measured beside them.
 */
export function chosenTargets(
  settings: Settings,
  taken: readonly string[],
  where: Where,
  problems: Problem[],
): UrlTarget[] {
  const typed = [...(settings.targets ?? [])].map(([name, url]) => ({
    name: name.trim(),
    url: url.trim(),
  }));
  const seen = new Map<string, string>();
  for (const { name, url } of typed) {
    const at = where(`targets.${name}`);
    const faults = [
      ...nameFaults(name, url, taken),
      ...urlFaults(name, url, at),
      ...twice(name, url, seen),
    ];
    for (const fault of faults) problems.push({ where: at, ...fault });
    seen.set(name, url);
  }
  return typed.map(({ name, url }) => ({ name, url: targetUrl(url) ?? url }));
}

type Fault = Omit<Problem, 'where'>;

function nameFaults(name: string, url: string, taken: readonly string[]): Fault[] {
  const own = 'Give the target a name of its own.';
  if (name === '')
    return [
      {
        what: `a target without a name: ${withoutSecrets(url)}`,
        fix: 'Write --target name=https://example.com.',
      },
    ];
  if (/\p{Cc}/u.test(name))
    return [
      {
        what: `${JSON.stringify(name)} has a line break or another control character in it`,
        fix: 'Give the target a plain name.',
      },
    ];
  const isTopology = topologies.some((topology) => topology.name === name) || taken.includes(name);
  return isTopology ? [{ what: `"${name}" is the name of a topology`, fix: own }] : [];
}

function twice(name: string, url: string, seen: ReadonlyMap<string, string>): Fault[] {
  const before = seen.get(name);
  if (before === undefined || name === '') return [];
  return [
    {
      what: `"${name}" names two targets: ${withoutSecrets(before)} and ${withoutSecrets(url)}`,
      fix: 'Give each target a name of its own; --aa measures one target twice.',
    },
  ];
}

function urlFaults(name: string, text: string, at: string): Fault[] {
  const inFile = !at.startsWith('--');
  const key = /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
  const write = (url: string) =>
    inFile ? `Write ${key} = "${url}".` : `Write --target ${name === '' ? 'name' : name}=${url}.`;
  const placeholder = /\$\{[^}]*\}|\{\{[^}]*\}\}|\$\w+|<[^>]*>/.exec(hostOf(text))?.[0];
  if (placeholder !== undefined)
    return [
      {
        what: `the URL of "${name}" has ${placeholder} in it, which nothing fills in`,
        fix: inFile
          ? `${write('https://example.com')} What the environment knows is given by a flag: --target ${name}="$URL".`
          : write('https://example.com'),
      },
    ];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return [
      {
        what: `"${name}" is not an http(s) URL: "${withoutSecrets(text)}"`,
        fix: write(completed(text) ?? 'https://example.com'),
      },
    ];
  if (url.username === '' && url.password === '') return [];
  return [
    {
      what: `the URL of "${name}" has a user or a password in it, which the run folder and the page would show`,
      fix: "Leave it out. A k6 script of yours can send it: --script login.ts --env AUTH=…, and in the script the header Authorization: 'Basic ' + encoding.b64encode(__ENV.AUTH).",
    },
  ];
}

/** Up to the path: behind it `$` and `<` may be meant. */
const hostOf = (text: string): string => /^(?:https?:\/\/)?[^/?#]*/i.exec(text)?.[0] ?? '';

/** `example.com:8080` lacks no more than its scheme. */
function completed(text: string): string | undefined {
  const bare = /^[\w-]+(?:\.[\w-]+)*(?::\d+)?(?:\/[^@]*)?$/;
  if (!bare.test(text) || !/[.:]|^localhost/.test(text)) return undefined;
  const isLocal = /^(?:localhost|127\.|\[::1\])/.test(text);
  const url = `${isLocal ? 'http' : 'https'}://${text}`;
  return URL.canParse(url) ? url : undefined;
}

/** What could be a password stands before an @. */
const withoutSecrets = (text: string): string => maskUrls(text.replace(/[^/@]*@/g, '***@'));
