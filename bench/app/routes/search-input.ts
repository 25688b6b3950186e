import type { AppContext } from '../context.ts';
import { queryLimits } from '../store/search-page.ts';

/** What a search was asked for: the words, and how many queries the page makes. */
export function searchInput(c: AppContext): { words: string; queries: number } {
  // Postgres stores no NUL, in any text.
  const words = (c.req.query('q') ?? '').replaceAll('\0', ' ').trim().slice(0, 200);
  const asked = Number(c.req.query('queries') ?? queryLimits.default);
  const queries = Number.isInteger(asked) ? asked : queryLimits.default;
  return { words, queries: Math.min(queryLimits.most, Math.max(queryLimits.least, queries)) };
}
