import { expect, test } from 'vitest';
import { viewOf } from './prefix.ts';
import { Row } from './row.ts';
import { parseTags, TagCache } from './tags.ts';

const cache = new TagCache();

/** The tags of a row with nothing else in it. */
function tagsOf(spelling: string) {
  const bytes = Buffer.from(spelling);
  const row = new Row();
  if (spelling.includes('"')) row.beginQuoted(Buffer.from(`${spelling}\n`), 0, 65_536);
  else row.begin(bytes, 0, bytes.length, 1);
  return cache.of(row, 0, viewOf(bytes)).all;
}

test('spellings that begin alike and are as long stay apart, however often they take turns', () => {
  for (let times = 0; times < 3; times++) {
    expect(tagsOf('target=one&round=1')).toEqual({ target: 'one', round: '1' });
    expect(tagsOf('target=one&round=2')).toEqual({ target: 'one', round: '2' });
    expect(tagsOf('target=one')).toEqual({ target: 'one' });
  }
});

test('very short, very long and quoted ones are read as well', () => {
  const long = 'x'.repeat(300);
  for (let times = 0; times < 2; times++) {
    expect(tagsOf('')).toEqual({});
    expect(tagsOf('a=1')).toEqual({ a: '1' });
    expect(tagsOf(`name=${long}`)).toEqual({ name: long });
    expect(tagsOf(`name=${long}y`)).toEqual({ name: `${long}y` });
    expect(tagsOf('"name=a,b"')).toEqual({ name: 'a,b' });
  }
});

const block = { target: 'a', scenario: 'own', round: 3 };

test.each([
  'bench_target=a&bench_scenario=own&bench_round=3',
  'round=9&target=eu-cluster&bench_round=3&bench_scenario=own&bench_target=a&scenario=checkout',
  'bench_target=a&name=/s?q=x&round=1&target=b&bench_scenario=own&bench_round=3&step=2',
  'target=a&scenario=own&round=3',
])('%s is of the one block, whatever a script calls its tags', (text) => {
  expect(parseTags(text)).toMatchObject({ block, step: '' });
});

test('what the harness encoded comes back as it was', () => {
  const text = `bench_target=${encodeURIComponent('a&b=c d')}&bench_scenario=${encodeURIComponent('100 %é')}&bench_round=0&bench_step=${encodeURIComponent('GET /x?y=1&z')}`;
  expect(parseTags(text)).toMatchObject({
    block: { target: 'a&b=c d', scenario: '100 %é', round: 0 },
    step: 'GET /x?y=1&z',
  });
});
