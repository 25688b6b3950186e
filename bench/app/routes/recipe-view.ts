import type { AppContext } from '../context.ts';
import type { RecipeView } from '../pages/recipe.ts';
import { commentsOn } from '../store/comments.ts';
import { ratingOf } from '../store/ratings.ts';
import { recipeById } from '../store/recipes.ts';
import { knownVisitor } from '../visitor.ts';

/** A recipe, the visitor's rating of it, and the comments: three queries. Undefined if there is no such recipe. */
export async function viewRecipe(c: AppContext, id: number): Promise<RecipeView | undefined> {
  const recipe = await recipeById(c.var.db, id);
  if (recipe === undefined) return undefined;
  const yours = await ratingOf(c.var.db, recipe.id, knownVisitor(c));
  return { recipe, yours, comments: await commentsOn(c.var.db, recipe.id) };
}
