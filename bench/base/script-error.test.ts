import { expect, test } from 'vitest';
import { scriptError } from './script-error.ts';

const ours =
  '\tat setup (file:///tmp/x/bench/scenarios/k6lib/own/script.ts:60:16(38))\n\tat setup2 (file:///tmp/x/%3Cstdin%3E:10:12(9))\n';

test.each([
  [
    `Uncaught (in promise) TypeError: Cannot read property 'token' of undefined\n\tat setup (file:///home/ann/login.js:4:38(18))\n${ours}`,
    "TypeError: Cannot read property 'token' of undefined (login.js:4)",
  ],
  [
    `Uncaught (in promise) GoError: no seed user\n\tat go.k6.io/k6/v2/internal/js/modules/k6.(*K6).Fail-fm (native)\n\tat setup (file:///home/ann/a%20b.ts:3:31(4))\n${ours}`,
    'no seed user (a b.ts:3)',
  ],
  [
    'TypeError: boom\\n\\tat default (file:///home/ann/shop.js:16:15(86))\\n',
    'TypeError: boom (shop.js:16)',
  ],
  [
    'test aborted: feature flag is off at s26_abort_default (file:///cases/s26-abort.js:3:106(19))',
    'test aborted: feature flag is off (s26-abort.js:3)',
  ],
  [`Error: the script has no default function\n${ours}`, 'the script has no default function'],
  ['the server at 10.0.0.1 (3) is away', 'the server at 10.0.0.1 (3) is away'],
])('%j in one line', (text, expected) => {
  expect(scriptError(text)).toBe(expected);
});
