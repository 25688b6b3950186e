/** What stands in the place of a secret. */
export const secretMark = '***';

/** Words of a name that say that its value opens something. */
const secretWords = new Set([
  ...['key', 'keys', 'apikey', 'token', 'tokens', 'secret', 'secrets', 'password', 'passwords'],
  ...[
    'passwd',
    'pwd',
    'pass',
    'passphrase',
    'passcode',
    'auth',
    'oauth',
    'authorization',
    'bearer',
  ],
  ...['credential', 'credentials', 'creds', 'cred', 'cookie', 'cookies', 'session', 'sessionid'],
  ...['sid', 'sig', 'signature', 'hmac', 'jwt', 'private', 'dsn', 'otp', 'totp', 'csrf', 'xsrf'],
  ...['connstr', 'sas'],
]);

/** The same where a name runs its words together: `APIKEY`, `userpassword`, `accesstoken`. */
const secretParts =
  /token|secret|passw|passphrase|credential|authorization|signature|sessionid|cookie|jwt|connectionstring|(?:api|access|auth|secret|private|client|signing|license|account|app|encryption|master|service)key|dbpass|userpass|mypass/;

/** Values that open nothing, under any name: small numbers and switches (MAX_TOKENS=5, AUTH=on). */
const harmless = /^(?:\d{1,3}|true|false|on|off|yes|no|none|null)?$/i;

/** Beginnings that issuers give to what they issue. */
const issued = new RegExp(
  [
    'gh[pousr]_\\w{8}|github_pat_\\w|glpat-|FlyV1 |f[mo][12]_\\S|(?:AKIA|ASIA|AROA)[0-9A-Z]{12}',
    '(?:sk|rk|pk|whsec)[-_]\\S{8}|xox[a-z]-|xapp-|AIza[\\w-]{20}|ya29\\.|npm_\\w{10}|pypi-\\w',
    'dop_v1_|hf_\\w{10}|SG\\.[\\w-]{10}|shpat_|sq0|EAAC|hvs\\.|lin_api_|ntn_|dp\\.pt\\.|AGE-SECRET-KEY',
    '(?:Bearer|Basic|Digest|Token) +\\S|eyJ[\\w-]{6,}\\.[\\w-]{4,}\\.',
  ].join('|'),
);
const pem = /-----BEGIN [A-Z ]*(?:PRIVATE|KEY)/;
const userInfo = /[a-z][a-z0-9+.-]*:\/\/[^/?#\s@]*:[^/?#\s]*@/i;
const connectionString = /(?:^|[;\s&?])(?:password|pwd|accountkey|sharedaccesskey|secret)\s*=/i;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a name (of a variable, of a query's parameter) says that its value is a secret. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ''));
  return words.some((word) => secretWords.has(word)) || secretParts.test(words.join(''));
}

/** Whether a value looks like one that opens something, whatever its name. */
export function isSecretValue(value: string): boolean {
  if (issued.test(value) || pem.test(value) || userInfo.test(value)) return true;
  if (connectionString.test(value) || uuid.test(value)) return true;
  return isRandomLooking(value);
}

/** Whether a setting must be kept out of what is stored and shown. In doubt it is: it can be given again. */
export const isSecretSetting = (name: string, value: string): boolean =>
  !harmless.test(value) &&
  (isSecretName(name) || isSecretValue(value) || hasSecretParameter(value));

/** Letters and digits without a word in them, at least 20 of them in a row. */
function isRandomLooking(value: string): boolean {
  const longest = value.split(/[^A-Za-z0-9+_=-]+/).sort((a, b) => b.length - a.length)[0] ?? '';
  const run = longest.split(/[-_]/).sort((a, b) => b.length - a.length)[0] ?? '';
  if (longest.length < 20 || run.length < 16) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(run)).length;
  return kinds >= 2 && /\d/.test(run) && entropyOf(run) > 2.8;
}

/** Bits a character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, n) => sum - (n / text.length) * Math.log2(n / text.length),
    0,
  );
}

const parameter = /([?&;#])([^=&;#?\s]+)=([^&;#\s"'<>]*)/g;

function hasSecretParameter(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && maskUrls(text) !== text;
}

/**
 * Text with the secrets of the URLs in it masked: user and password, and parameters whose name or value looks secret.
 * Nothing else of it changes.
 */
export function maskUrls(text: string): string {
  return text
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^/?#\s"'<>]*@/gi, `$1${secretMark}@`)
    .replace(parameter, (all, before: string, name: string, value: string) =>
      value !== '' && isSecretSetting(decoded(name), decoded(value))
        ? `${before}${name}=${secretMark}`
        : all,
    );
}

/** The secrets that stand in a URL, as they are written there and as they mean. */
export function secretsInUrl(url: string): string[] {
  const user = /^[a-z][a-z0-9+.-]*:\/\/([^/?#\s]*)@/i.exec(url)?.[1];
  const parameters = [...url.matchAll(parameter)]
    .filter(([, , name = '', value = '']) => isSecretSetting(decoded(name), decoded(value)))
    .map(([, , , value = '']) => value);
  return [...(user === undefined ? [] : [user]), ...parameters].flatMap((value) => [
    value,
    decoded(value),
  ]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Shorter ones, and short numbers, are parts of ordinary text: they are masked only where they were given. */
const isTooShort = (secret: string): boolean => secret.length < (/^\d+$/.test(secret) ? 8 : 4);

/** Takes known secrets out of any text, also as URLs and JSON write them. */
export function maskerOf(secrets: Iterable<string>): (text: string) => string {
  const forms = [...secrets].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    encodeURI(secret),
    encodeURIComponent(secret).replaceAll('%20', '+'),
    JSON.stringify(secret).slice(1, -1),
  ]);
  const known = [...new Set(forms)]
    .filter((form) => !isTooShort(form))
    .sort((a, b) => b.length - a.length);
  return (text) => known.reduce((left, secret) => left.replaceAll(secret, secretMark), text);
}

/** The same for every text in a value of JSON, names included. */
export function maskDeep<T>(value: T, mask: (text: string) => string): T {
  if (typeof value === 'string') return mask(value) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => maskDeep(each, mask)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [mask(key), maskDeep(each as unknown, mask)]),
  ) as T;
}
