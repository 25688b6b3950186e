import { randomUUID } from 'node:crypto';
import { recipeId, type AppContext } from '../context.ts';
import { violates } from '../store/database.ts';
import { rate, type Rated } from '../store/ratings.ts';
import { visitor } from '../visitor.ts';

export type RatingResult =
  | { readonly kind: 'rated'; readonly recipe: number; readonly rating: Rated }
  | { readonly kind: 'invalid'; readonly problem: string }
  | { readonly kind: 'no such recipe' };

/** Rates the recipe in the path for this visitor; `stars` as sent. */
export async function rateRecipe(c: AppContext, stars: unknown): Promise<RatingResult> {
  const recipe = recipeId(c);
  if (recipe === undefined) return { kind: 'no such recipe' };
  const given = typeof stars === 'string' ? Number(stars) : stars;
  if (typeof given !== 'number' || !Number.isInteger(given) || given < 1 || given > 5)
    return { kind: 'invalid', problem: 'stars must be a whole number from 1 to 5' };
  try {
    const rating = await rate(c.var.db, recipe, visitor(c), { id: randomUUID(), stars: given });
    return { kind: 'rated', recipe, rating };
  } catch (error) {
    if (violates(error, 'foreign key')) return { kind: 'no such recipe' };
    throw error;
  }
}
