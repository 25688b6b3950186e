import { expect, test } from 'vitest';
import { lagHeader, lagRows, parseLag, type LagReading } from './lag.ts';

const readings: LagReading[] = [
  { target: 'read-replicas', region: 'syd', atUs: 1_795_271_740_220_376, lagMs: 141.25 },
  { target: 'read-replicas', region: 'ord', atUs: 1_795_271_740_220_376, lagMs: undefined },
];

test('what is written is read again', () => {
  expect(parseLag(lagHeader + lagRows(readings))).toEqual(readings);
});

test('a row that breaks off, and one that makes no sense, is left out', () => {
  const rows = lagRows(readings);
  expect(parseLag(`${lagHeader}${rows}read-replicas,syd,1795271741220376,14`)).toEqual(readings);
  expect(parseLag(`${lagHeader}a,b,now,1\na,b,1,-3\na,b,1,x\n,b,1,1\na,b,1,1,1\n`)).toEqual([]);
  expect(parseLag('something else\n')).toEqual([]);
});
