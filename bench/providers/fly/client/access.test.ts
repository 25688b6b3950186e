import { describe, expect, test } from 'vitest';
import { checkBaseUrl, flyAccess } from './access.ts';
import { authorizationOf } from './token.ts';

test.each([
  ['plain', 'Bearer plain'],
  ['  Bearer plain\n', 'Bearer plain'],
  ['bearer FlyV1 fm2_a', 'FlyV1 fm2_a'],
  ['FlyV1 fm2_a,fm2_b', 'FlyV1 fm2_a,fm2_b'],
  ['fm1r_a, FlyV1 fm1a_b', 'FlyV1 fm1r_a,fm1a_b'],
  ['oauth,fm2_a', 'FlyV1 fm2_a'],
  ['one,two', 'Bearer one,two'],
])('the token %j is sent as %j', (token, header) => {
  expect(authorizationOf(token)).toBe(header);
});

test.each(['', '  ', 'Bearer', 'FlyV1 ,', 'two words', 'new\nline', 'ümlaut'])(
  'the token %j is refused without being told',
  (token) => {
    expect(() => authorizationOf(token)).toThrow('The Fly token is empty or has blanks in it.');
  },
);

describe('access', () => {
  test('takes the access token first, and Fly itself where no address is given', () => {
    const env = { FLY_ACCESS_TOKEN: 'a', FLY_API_TOKEN: 'b', https_proxy: 'http://p:1' };
    expect(flyAccess(env)).toMatchObject({
      baseUrl: 'https://api.machines.dev',
      token: 'a',
      proxies: { HTTPS_PROXY: 'http://p:1' },
    });
    expect(flyAccess({ FLY_ACCESS_TOKEN: ' ', FLY_API_TOKEN: 'b' }).token).toBe('b');
  });

  test('says how to get a token where there is none', () => {
    expect(() => flyAccess({})).toThrow('There is no Fly token.');
  });

  test.each([
    ['http://127.0.0.1:4280/', 'http://127.0.0.1:4280'],
    ['http://_api.internal:4280', 'http://_api.internal:4280'],
    ['http://fake:80', 'http://fake'],
    ['https://proxy.example.com', 'https://proxy.example.com'],
  ])('%s is an address', (text, origin) => {
    expect(checkBaseUrl(text)).toBe(origin);
  });

  test.each([
    ['https://api.machines.dev/v1', 'has a path'],
    ['https://api.machines.dev/?x', 'has a path'],
    ['api.machines.dev', 'is not a URL'],
    ['ftp://api.machines.dev', 'is neither http nor https'],
    ['https://me:pw@api.machines.dev', 'has a user name'],
    ['http://api.machines.dev', 'unencrypted'],
  ])('%s is none: it %s', (text, why) => {
    expect(() => checkBaseUrl(text)).toThrow(why);
  });
});
