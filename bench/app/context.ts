import type { Context } from 'hono';
import type { City } from './recipes/city.ts';
import { cityOf } from './recipes/index.ts';
import type { Settings } from './settings.ts';
import type { Database, Tally } from './store/database.ts';

/** What every handler finds in `c.var`. */
export interface AppEnv {
  Variables: {
    readonly settings: Settings;
    readonly db: Database;
    readonly tally: Tally;
    /** `performance.now()` when the request came. */
    readonly startedAt: number;
  };
}

export type AppContext = Context<AppEnv>;

/** The region whose edge accepted the request; on Fly it is in the request header. */
export const acceptedIn = (c: AppContext): string | undefined => c.req.header('fly-region');

/** The visitor's city. */
export const visitorCity = (c: AppContext): City => cityOf(acceptedIn(c), c.var.settings.region);

/** The number in the path; undefined if it is none that a recipe can have. */
export function recipeId(c: AppContext): number | undefined {
  const text = c.req.param('id') ?? '';
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
