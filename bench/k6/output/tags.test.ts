import { expect, test } from 'vitest';
import { viewOf } from './prefix.ts';
import { Row } from './row.ts';
import { TagCache } from './tags.ts';

const cache = new TagCache();

/** The tags of a row with nothing else in it. */
function tagsOf(spelling: string) {
  const bytes = Buffer.from(spelling);
  const row = new Row();
  if (spelling.includes('"')) row.beginQuoted(Buffer.from(`${spelling}\n`), 0);
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
