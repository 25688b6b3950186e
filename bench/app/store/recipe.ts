/** A recipe as lists show it. */
export interface RecipeCard {
  readonly id: number;
  readonly title: string;
  /** The region code of its city. */
  readonly city: string;
  readonly summary: string;
  readonly minutes: number;
  readonly difficulty: string;
  readonly author: string;
  readonly tags: readonly string[];
}

/** What visitors think of a recipe; `average` is 0 while nobody has rated it. */
export interface RatingSummary {
  readonly recipe: number;
  readonly average: number;
  readonly count: number;
}

export type RatedCard = RecipeCard & Omit<RatingSummary, 'recipe'>;

export interface FullRecipe extends RatedCard {
  readonly servings: number;
  readonly ingredients: readonly { readonly name: string; readonly amount: string }[];
  readonly steps: readonly string[];
}

export interface Comment {
  readonly recipe: number;
  readonly name: string;
  readonly body: string;
}
