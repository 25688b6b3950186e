import { measure, targetUrl } from './k6lib/measure.ts';

const words = [
  'chicken',
  'tomato',
  'rice',
  'soup',
  'lemon',
  'onion',
  'garlic',
  'pepper',
  'bean',
  'fish',
];

export default function search(): void {
  const word = words[Math.floor(Math.random() * words.length)] ?? 'rice';
  measure('search', 'GET', `${targetUrl()}/search?q=${word}&queries=${__ENV['QUERIES'] ?? '3'}`);
}
