import { commentsOn } from './comments.ts';
import type { Database } from './database.ts';
import { spreadOf, summariesOf } from './ratings.ts';
import type { Comment, RatedCard, RecipeCard } from './recipe.ts';
import { likedBeside, othersBy, searchRecipes, similarTo } from './search.ts';

/** What is told of one result below the list. */
export interface Closeup {
  readonly recipe: RecipeCard;
  comments: readonly Comment[];
  similar: readonly RecipeCard[];
  byAuthor: readonly RecipeCard[];
  spread: readonly { readonly stars: number; readonly count: number }[];
}

export interface SearchPage {
  readonly found: readonly RatedCard[];
  /** Dishes of the visitor's city that go with the first result; undefined if the page has too few queries for it. */
  readonly liked: readonly RatedCard[] | undefined;
  readonly closeups: readonly Closeup[];
}

/** How many queries a search page may make. */
export const queryLimits = { least: 1, default: 3, most: 20 } as const;

/**
 * Builds the page of a search from `queries` queries, each of which needs the answer of one before: the search, the
 * ratings of what was found, the city's favourites beside the first result, then four for each result in turn.
 * A page about nothing asks as often: its cost should not depend on the words.
 */
export async function searchPage(
  db: Database,
  words: string,
  city: string,
  queries: number,
): Promise<SearchPage> {
  const cards = await searchRecipes(db, words, city);
  const found = queries < 2 ? cards.map(unrated) : await rated(db, cards);
  const liked = queries < 3 ? undefined : await likedBeside(db, city, cards[0] ?? nothing);
  return { found, liked, closeups: await closeups(db, cards, queries - 3) };
}

const unrated = (card: RecipeCard): RatedCard => ({ ...card, average: 0, count: 0 });

async function rated(db: Database, cards: readonly RecipeCard[]): Promise<RatedCard[]> {
  const summaries = await summariesOf(
    db,
    cards.map(({ id }) => id),
  );
  const byRecipe = new Map(summaries.map((summary) => [summary.recipe, summary]));
  return cards.map((card) => {
    const { average = 0, count = 0 } = byRecipe.get(card.id) ?? {};
    return { ...card, average, count };
  });
}

async function closeups(
  db: Database,
  cards: readonly RecipeCard[],
  queries: number,
): Promise<Closeup[]> {
  const made: Closeup[] = [];
  for (let query = 0; query < queries; query++) {
    const at = Math.floor(query / 4);
    const closeup = (made[at] ??= emptyCloseup(cards[at] ?? nothing));
    await fillIn(db, closeup, query % 4);
  }
  return made.filter(({ recipe }) => recipe.id !== nothing.id);
}

const emptyCloseup = (recipe: RecipeCard): Closeup => ({
  recipe,
  comments: [],
  similar: [],
  byAuthor: [],
  spread: [],
});

async function fillIn(db: Database, closeup: Closeup, part: number): Promise<void> {
  const { recipe } = closeup;
  if (part === 0) closeup.comments = await commentsOn(db, recipe.id);
  else if (part === 1) closeup.similar = await similarTo(db, recipe);
  else if (part === 2) {
    const shown = [recipe, ...closeup.similar].map(({ id }) => id);
    closeup.byAuthor = await othersBy(db, recipe.author, shown);
  } else closeup.spread = await spreadOf(db, recipe.id);
}

/** Stands for a result that is not there; no recipe has its number. */
const nothing: RecipeCard = {
  id: 0,
  title: '',
  city: '',
  summary: '',
  minutes: 0,
  difficulty: '',
  author: '',
  tags: ['nothing'],
};
