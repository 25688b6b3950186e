import { visible } from './words.ts';

/**
 * Text that Markdown leaves as it is, GitHub's too: names come from outside, and must neither be mark-up nor mention,
 * link or refer to anything.
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]<>|~$&]/g, '\\$&')
    .replace(/^(\s*)(?=#|[=-]+\s*$)/, '$1\\')
    .replace(/(?<=[@#])(?=[\w-])/g, '&#8203;')
    .replaceAll('://', '&#58;//')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}&#46;`);
}
