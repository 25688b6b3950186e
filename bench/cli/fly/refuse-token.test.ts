import { expect, test } from 'vitest';
import { refuseToken } from './refuse-token.ts';

const env = { FLY_API_TOKEN: 'FlyV1 fm2_aaa+/b=,fm2_ccc' };

test.each([
  ['as a setting', { env: { TOKEN: 'fm2_ccc' } }],
  ['in a URL', ['--target', 'x=https://example.com/?t=fm2_aaa%2B%2Fb%3D']],
])('the token %s is refused, and not repeated', (_, kept) => {
  expect(() => {
    refuseToken(kept, env);
  }).toThrow(/^The Fly token is among (?!.*fm2_)/);
});

test('anything else may be kept, and everything where there is no token', () => {
  refuseToken(['--target', 'x=https://example.com/'], env);
  refuseToken(['fm2_ccc'], {});
});
