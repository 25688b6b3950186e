import type { City, Dish } from './city.ts';
import { ingredient, type Ingredient, type Role } from './ingredients.ts';
import { methods, type Recipe } from './methods.ts';

/** A recipe as it is stored, without its number. */
export interface NewRecipe {
  readonly title: string;
  /** The region code of its city. */
  readonly city: string;
  readonly summary: string;
  readonly minutes: number;
  readonly servings: number;
  readonly difficulty: 'easy' | 'medium' | 'ambitious';
  readonly ingredients: readonly { readonly name: string; readonly amount: string }[];
  readonly steps: readonly string[];
  readonly tags: readonly string[];
  readonly author: string;
}

/** Writes out a dish of a city: always the same for the same dish and place in its list. */
export function compose(city: City, dish: Dish, position: number): NewRecipe {
  const recipe: Recipe = methods[dish.method];
  const ingredients = dish.ingredients.map(ingredient);
  return {
    title: dish.title,
    city: city.region,
    summary: dish.summary,
    minutes: recipe.minutes + 5 * ((position * 7) % 4),
    servings: 4,
    difficulty: recipe.difficulty,
    ingredients: ingredients.map(({ name, amount }) => ({ name, amount })),
    steps: writeSteps(recipe, ingredients),
    tags: [...recipe.tags, city.cuisine.toLowerCase(), ...extraTags(dish)],
    author: city.authors[position % city.authors.length] ?? city.authors[0],
  };
}

function writeSteps(recipe: Recipe, [main, ...others]: readonly Ingredient[]): string[] {
  const parts = new Map<string, string>([['main', main?.name ?? '']]);
  for (const role of Object.keys(rolesOf(others)) as Role[])
    parts.set(role, list(rolesOf(others)[role].map(({ name }) => name)));
  return recipe.steps
    .map((sentences) => sentences.map((s) => fill(s, parts)).filter((s) => s !== ''))
    .filter((sentences) => sentences.length > 0)
    .map((sentences) => sentences.join(' '));
}

function rolesOf(ingredients: readonly Ingredient[]): Record<Role, Ingredient[]> {
  const of = (role: Role) => ingredients.filter((one) => one.role === role);
  return {
    aromatics: of('aromatics'),
    spices: of('spices'),
    liquids: of('liquids'),
    fresh: of('fresh'),
    starch: of('starch'),
    rest: of('rest'),
  };
}

/** The sentence with its roles named; empty if the dish has nothing of a role. */
function fill(sentence: string, parts: ReadonlyMap<string, string>): string {
  const roles = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, role]) => role ?? '');
  if (roles.some((role) => !parts.get(role))) return '';
  return sentence.replace(/\{(\w+)\}/g, (_, role: string) => parts.get(role) ?? '');
}

/** `a, b and c`. */
const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

const animal =
  /chicken|beef|pork|veal|lamb|goat|duck|turkey|kangaroo|bacon|ham|sausage|steak|meat|mince|salami|mortadella|frankfurter|fish|fillet|cod|tuna|salmon|mackerel|herring|anchov|sprat|prawn|squid|crab|clam|mussel|oyster|lobster|snapper|skate|eel|snoek|char$|haddock|pomfret|roe|dashi|shrimp/i;

function extraTags(dish: Dish): string[] {
  const names = dish.ingredients.join(' ');
  return [
    ...(dish.ingredients.some((name) => animal.test(name)) ? [] : ['vegetarian']),
    ...(/fish|fillet|cod|tuna|salmon|mackerel|herring|haddock|prawn|squid|crab|clam|mussel|oyster/.test(
      names,
    )
      ? ['seafood']
      : []),
    ...(/(chicken|turkey)(?! stock)/.test(names) ? ['poultry'] : []),
  ];
}
