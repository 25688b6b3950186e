import { expect, test } from 'vitest';
import { stepKey, type NamedRequest } from './step-key.ts';

const key = (request: Partial<NamedRequest>) =>
  stepKey({ method: 'GET', url: '', groups: [], base: 'http://127.0.0.1:4701', ...request });

test.each<[Partial<NamedRequest>, string]>([
  [{ url: 'http://127.0.0.1:4701/cart?id=7#top' }, '/cart'],
  [{ url: 'http://127.0.0.1:4701' }, '/'],
  [{ url: 'http://127.0.0.1:4701?q=1' }, '/'],
  [{ url: 'http://127.0.0.1:47012/cart' }, 'http://127.0.0.1:47012/cart'],
  [{ url: 'https://cdn.example/app.js?v=3' }, 'https://cdn.example/app.js'],
  [{ url: 'http://demo:secret@127.0.0.1:4701/x' }, '/x'],
  [{ method: 'POST', url: 'http://127.0.0.1:4701/cart' }, 'POST /cart'],
  [{ url: 'http://127.0.0.1:4701/a', groups: ['home', 'top'] }, 'home :: top :: /a'],
  [{ url: 'http://127.0.0.1:4701/a', name: 'start', groups: ['home'] }, 'home :: start'],
  [{ url: 'http://127.0.0.1:4701/a/5', name: 'http://127.0.0.1:4701/a/${}?x=1' }, '/a/${}?x=1'],
  [{ url: 'http://127.0.0.1:4701/a', name: '' }, '/a'],
])('%j is the row %s', (request, expected) => {
  expect(key(request)).toBe(expected);
});

test('the same page of two targets is one row', () => {
  expect(key({ url: 'https://b.example/p', base: 'https://b.example/shop' })).toBe(
    key({ url: 'http://a.example:81/p', base: 'http://a.example:81' }),
  );
});
