import { visible } from './words.ts';

/** Text that Markdown leaves as it is: names come from outside. */
export function escapeMarkdown(text: string): string {
  return visible(text).replace(/[\\`*_[\]<>|]/g, '\\$&');
}
