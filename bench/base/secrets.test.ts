import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSecretName, isSecretSetting, maskerOf, maskUrls, secretsInUrl } from './secrets.ts';

test.each([
  ...['API_KEY', 'apiKey', 'x-api-key', 'APIKEY', 'KEY', 'TOKEN', 'accessToken', 'GITHUB_TOKEN'],
  ...['DB_PASSWORD', 'PASSWD', 'dbPwd', 'pass', 'AUTH', 'Authorization', 'COOKIE', 'SESSION_ID'],
  ...['sig', 'X-Amz-Signature', 'X-Amz-Credential', 'JWT', 'PRIVATE_PEM', 'SENTRY_DSN', 'creds'],
  ...['CONNECTION_STRING', 'USERPASSWORD', 'token2', 'client_secret', 'X-Goog-Signature'],
])('%s names a secret', (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each([
  ...['QUERIES', 'PATH', 'MONKEY', 'KEYBOARD', 'AUTHOR', 'COMPASS', 'REGION', 'page', 'q', 'LANG'],
  ...['BASE_URL', 'PASSENGERS', 'DESIGN', 'SIDEBAR', 'sort', 'limit', 'COLOUR', 'keyword'],
])('%s names none', (name) => {
  expect(isSecretName(name)).toBe(false);
});

const values = [
  'ghp_abcdefghijklmnop1234',
  'FlyV1 fm2_lJPECAAAAAAA',
  'AKIAIOSFODNN7EXAMPLE',
  'sk-proj-abcdefgh12345678',
  'xoxb-1234-abcd',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
  '-----BEGIN RSA PRIVATE KEY-----\nMIIE',
  'postgres://ann:pw@db.example.com/x',
  'Server=db;User=ann;Password=pw;',
  '0f8fad5b-d9cb-469f-a165-70867728950e',
  'd41d8cd98f00b204e9800998ecf8427e',
  'Zx81Kq02LmPp94TtRr77',
  'https://example.com/?token=abcd',
];
test.each(values)('%s is a secret under any name', (value) => {
  expect(isSecretSetting('VALUE', value)).toBe(true);
});

test.each([
  ['QUERIES', '5'],
  ['MAX_TOKENS', '5'],
  ['AUTH', 'on'],
  ['URL', 'https://staging-2.example.com/some/long/path-with-words/2026-11-28'],
  ['QUERY', 'pasta carbonara with a lot of cheese'],
  ['NAME', 'multi-region-single-db-2026-11'],
  ['EMPTY', ''],
  ['NUMBER', '12345678901234567890'],
])('%s=%s is none', (name, value) => {
  expect(isSecretSetting(name, value)).toBe(false);
});

test.each([
  ['http://h/a?token=abc&page=2#x', 'http://h/a?token=***&page=2#x'],
  ['https://ann:pw@h/', 'https://***@h/'],
  ['t=http://h/?api%5Fkey=abc%20d', 't=http://h/?api%5Fkey=***'],
  ['GET "http://h/x?sig=a+b&n=1": refused', 'GET "http://h/x?sig=***&n=1": refused'],
  ['http://h/#access_token=abcd', 'http://h/#access_token=***'],
  ['http://h/?q=cake&page=3', 'http://h/?q=cake&page=3'],
])('%s is shown as %s', (text, shown) => {
  expect(maskUrls(text)).toBe(shown);
  expect(maskUrls(shown)).toBe(shown);
});

test('a known secret is in no text, however a URL or JSON writes it', () => {
  const secret = fc
    .string({ minLength: 4, maxLength: 40, unit: 'binary' })
    .filter((text) => !/[*\ud800-\udfff]/u.test(text));
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
      const mask = maskerOf([hidden]);
      for (const form of [hidden, encodeURIComponent(hidden), JSON.stringify(hidden).slice(1, -1)])
        expect(mask(before + form + after)).not.toContain(form);
    }),
  );
});

test('what a URL hides is found in it', () => {
  expect(secretsInUrl('https://ann:p%20w@h/?token=a%2Bb&q=cake')).toEqual([
    ...['ann:p%20w', 'ann:p w', 'a%2Bb', 'a+b'],
  ]);
});
