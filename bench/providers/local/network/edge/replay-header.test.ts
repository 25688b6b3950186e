import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readReplayHeader } from './replay-header.ts';
import { readReplayJson } from './replay-json.ts';

const nothing = {
  app: undefined,
  regions: undefined,
  instance: undefined,
  preferInstance: undefined,
  state: undefined,
  elsewhere: false,
  timeoutMs: undefined,
  fallback: undefined,
};
const paris = { codes: ['cdg'], force: true };

test.each([
  ['region=cdg', { regions: paris }],
  ['region=cdg;state=captured_write', { regions: paris, state: 'captured_write' }],
  [' Region = "cdg" ; ', { regions: paris }],
  ['region="ord,iad"', { regions: { codes: ['ord', 'iad'], force: true } }],
  ['region="ord, iad, any"', { regions: { codes: ['ord', 'iad'], force: false } }],
  ['region=any', { regions: { codes: [], force: false } }],
  ['instance=abc;state="a;b=c"', { instance: 'abc', state: 'a;b=c' }],
  ['prefer_instance=abc;app=other', { preferInstance: 'abc', app: 'other' }],
  ['elsewhere=true', { elsewhere: true }],
  ['app=a;timeout=10s', { app: 'a', timeoutMs: 10_000 }],
  ['app=a;timeout=800ms;fallback=force_self', { app: 'a', timeoutMs: 800, fallback: 'force_self' }],
])('the header %s', (header, expected) => {
  expect(readReplayHeader(header)).toEqual({ ok: true, value: { ...nothing, ...expected } });
});

test.each([
  ['', 'names no app'],
  ['state=x', 'names no app'],
  ['elsewhere=false', 'names no app'],
  ['region', 'not key=value'],
  ['region=', 'region is empty'],
  ['region=cdg,ord', 'must be in quotes'],
  ['region=cdg;region=ord', 'given twice'],
  ['region="europe,any"', '"europe" is not a region'],
  ['region="any,cdg"', '"any" is not a region'],
  ['region=cdg;timeout=10', 'not like 10s'],
  ['region=cdg;elsewhere=yes', 'elsewhere is true or false'],
  ['region=cdg;fallback=self', 'fallback is'],
  ['region=cdg;transform=x', 'transform is not supported'],
])('the header %j is refused: %s', (header, reason) => {
  const reading = readReplayHeader(header);
  expect(reading.ok ? '' : reading.reason).toContain(reason);
});

test('two headers are refused', () => {
  expect(readReplayHeader(['region=cdg', 'region=ord']).ok).toBe(false);
});

test('no header makes the reader throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (text) => 'ok' in readReplayHeader(text)),
  );
});

test.each([
  ['{"region":"cdg","state":"x"}', { regions: paris, state: 'x' }],
  ['{"region":["ord","iad","any"]}', { regions: { codes: ['ord', 'iad'], force: false } }],
  ['{"elsewhere":true,"timeout":"1s"}', { elsewhere: true, timeoutMs: 1000 }],
])('the JSON %s', (text, expected) => {
  expect(readReplayJson(text)).toEqual({ ok: true, value: { ...nothing, ...expected } });
});

test.each([
  ['', 'not JSON'],
  ['[]', 'not a JSON object'],
  ['{"region":"cdg","transform":{"path":"/"}}', 'transform is not supported'],
  ['{"region":"cdg","cache":{"prefix":"/"}}', 'cache is not supported'],
  ['{"region":"cdg","allow_bypass":true}', 'allow_bypass is not supported'],
])('the JSON %j is refused: %s', (text, reason) => {
  const reading = readReplayJson(text);
  expect(reading.ok ? '' : reading.reason).toContain(reason);
});
