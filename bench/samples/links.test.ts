import { expect, test } from 'vitest';
import { linkRows, linksHeader, parseLinks, type LinkReading } from './links.ts';

const readings: LinkReading[] = [
  { from: 'scl', to: 'cdg', atUs: 1_795_271_740_220_000, rttMs: 204.349 },
  { topology: 'slow', from: 'ord', to: 'cdg', atUs: 1_795_271_740_387_000, rttMs: undefined },
];

test('what is written is read again', () => {
  expect(linksHeader + linkRows(readings)).toBe(
    'topology,from,to,at_us,rtt_ms\n,scl,cdg,1795271740220000,204.349\nslow,ord,cdg,1795271740387000,\n',
  );
  expect(parseLinks(linksHeader + linkRows(readings))).toEqual(readings);
});

test('a row that breaks off, and one that makes no sense, is left out', () => {
  const rows = linkRows(readings);
  expect(parseLinks(`${linksHeader}${rows},scl,cdg,1795271740220376,20`)).toEqual(readings);
  expect(
    parseLinks(`${linksHeader},a,b,now,1\n,a,b,1,-3\n,a,b,1,x\n,,b,1,1\n,a,b,1,1,1\n`),
  ).toEqual([]);
  expect(parseLinks('something else\n')).toEqual([]);
});
