import { compose, type NewRecipe } from '../recipes/compose.ts';
import { cities } from '../recipes/index.ts';
import { opinions, visitors } from '../recipes/opinions.ts';

export interface Seed {
  readonly recipes: readonly (NewRecipe & { readonly id: number })[];
  readonly ratings: readonly {
    readonly recipe: number;
    readonly visitor: string;
    readonly stars: number;
  }[];
  readonly comments: readonly {
    readonly recipe: number;
    readonly name: string;
    readonly body: string;
    /** Minutes before the seeding. */
    readonly age: number;
  }[];
}

/** Everything that a fresh database holds; the same every time. Recipes are numbered from 1 in the order of the cities. */
export function makeSeed(): Seed {
  const recipes = cities
    .flatMap((city) => city.dishes.map((dish, position) => compose(city, dish, position)))
    .map((recipe, index) => ({ id: index + 1, ...recipe }));
  return {
    recipes,
    ratings: recipes.flatMap(({ id }) => ratingsOf(id)),
    comments: recipes.flatMap(({ id }) => commentsOf(id)),
  };
}

/** Between 3 and 20 visitors rated each recipe, and some recipes are simply better. */
function ratingsOf(recipe: number): Seed['ratings'] {
  const count = 3 + (mix(recipe, 1) % 18);
  const quality = 2.6 + (mix(recipe, 2) % 240) / 100;
  return visitors.slice(0, count).map((name, at) => {
    const taste = (mix(recipe, 100 + at) % 300) / 100 - 1.5;
    const stars = Math.min(5, Math.max(1, Math.round(quality + taste)));
    return { recipe, visitor: `seed-${name.toLowerCase()}`, stars };
  });
}

function commentsOf(recipe: number): Seed['comments'] {
  const count = 1 + (mix(recipe, 3) % 4);
  return Array.from({ length: count }, (_, at) => {
    const opinion = opinions[(mix(recipe, 4) + 7 * at) % opinions.length] ?? '';
    const city = cities[mix(recipe, 40 + at) % cities.length]?.name ?? '';
    return {
      recipe,
      name: visitors[(mix(recipe, 5) + 3 * at) % visitors.length] ?? '',
      body: opinion.replace('{city}', city),
      age: 1 + (mix(recipe, 60 + at) % 40_000),
    };
  });
}

/** A well mixed whole number from two (the finaliser of MurmurHash3). */
function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
