import { describe, expect, test } from 'vitest';
import type { Problem } from '../base/errors.ts';
import { chosenTargets } from './targets.ts';
import { readableUrl, targetUrl } from './target-url.ts';

function chosen(
  targets: readonly (readonly [string, string])[],
  where = (key: string) => `--${key}`,
) {
  const problems: Problem[] = [];
  return { targets: chosenTargets({ targets }, ['slow'], where, problems), problems };
}

test('names of every kind, in the order typed; blanks around a name or a URL are not part of it', () => {
  const names = [
    '10',
    '9',
    'constructor',
    '__proto__',
    'toString',
    'a&b',
    'a=b',
    'käse brot',
    ' b ',
  ];
  const { targets, problems } = chosen(
    names.map((name, i) => [name, ` http://127.0.0.1:${i + 1}/ `]),
  );
  expect(problems).toEqual([]);
  expect(targets.map(({ name }) => name)).toEqual([...names.slice(0, -1), 'b']);
  expect(targets[0]?.url).toBe('http://127.0.0.1:1/');
});

test('a name twice is refused with both URLs, and no password of theirs', () => {
  const { problems } = chosen([
    ['a', 'http://one.example/'],
    ['a ', 'http://me:hunter2@two.example/'],
  ]);
  expect(problems.map(({ what }) => what)).toContain(
    '"a" names two targets: http://one.example/ and http://***@two.example/',
  );
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});

describe('refused with what to write', () => {
  test.each([
    [
      '',
      'http://a.example/?q=1',
      'a target without a name: http://a.example/?q=1',
      'Write --target name=https://example.com.',
    ],
    [
      'a',
      '127.0.0.1:4701',
      '"a" is not an http(s) URL: "127.0.0.1:4701"',
      'Write --target a=http://127.0.0.1:4701.',
    ],
    [
      'a',
      'example.com/x',
      '"a" is not an http(s) URL: "example.com/x"',
      'Write --target a=https://example.com/x.',
    ],
    [
      'a',
      'https://$HOST/',
      'the URL of "a" has $HOST in it, which nothing fills in',
      'Write --target a=https://example.com.',
    ],
    [
      'a\nb',
      'http://a.example',
      '"a\\nb" has a line break or another control character in it',
      'Give the target a plain name.',
    ],
    [
      'slow',
      'http://a.example',
      '"slow" is the name of a topology',
      'Give the target a name of its own.',
    ],
  ])('%j %s', (name, url, what, fix) => {
    expect(chosen([[name, url]]).problems).toEqual([{ where: `--targets.${name}`, what, fix }]);
  });

  test('in a file, a line of that file', () => {
    const { problems } = chosen([['a', 'ftp://x']], (key) => `f.toml:3 [bench] ${key}`);
    expect(problems[0]?.fix).toBe('Write a = "https://example.com".');
  });

  test('basic authentication names the way that there is', () => {
    const [problem] = chosen([['a', 'http://demo:geheim@a.example/']]).problems;
    expect(problem?.fix).toMatch(/--script .* --env AUTH=.*Authorization/);
    expect(JSON.stringify(problem)).not.toContain('geheim');
  });
});

describe('a URL is sent as the standard serialises it', () => {
  test.each([
    [
      'http://127.0.0.1:4701/suche?q=käse brot&x=1#oben',
      'http://127.0.0.1:4701/suche?q=k%C3%A4se%20brot&x=1',
    ],
    ['http://127.0.0.1:4701/ ', 'http://127.0.0.1:4701/'],
    ['http://127.0.0.1:4701', 'http://127.0.0.1:4701'],
    ['http://127.0.0.1:4701#top', 'http://127.0.0.1:4701'],
    ['HTTP://Example.COM:80/a/../b c', 'http://example.com/b%20c'],
    ['https://bücher.example/ü', 'https://xn--bcher-kva.example/%C3%BC'],
    ['http://a.example?x=1', 'http://a.example/?x=1'],
    ['http://a.example/%zz"<>', 'http://a.example/%zz%22%3C%3E'],
  ])('%s', (typed, sent) => {
    expect(targetUrl(typed)).toBe(sent);
  });

  test('and shown as people write it', () => {
    expect(readableUrl('http://a.example/k%C3%A4se%20brot?a=%26')).toBe(
      'http://a.example/käse brot?a=%26',
    );
    expect(readableUrl('http://a.example/%zz')).toBe('http://a.example/%zz');
  });
});
