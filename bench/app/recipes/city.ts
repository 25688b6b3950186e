import { isMethod, type Method } from './methods.ts';

/** A city and what is cooked there: written by hand, one file each. */
export interface City {
  /** As Fly.io spells it. */
  readonly region: string;
  readonly name: string;
  readonly country: string;
  readonly cuisine: string;
  /** Those who live there, in the plural. */
  readonly people: string;
  readonly authors: readonly [string, ...string[]];
  readonly dishes: readonly Dish[];
}

export interface Dish {
  readonly title: string;
  readonly method: Method;
  /** The first one is what the dish is about. */
  readonly ingredients: readonly [string, ...string[]];
  readonly summary: string;
}

/** Reads a table of dishes, a line each: `title | method | ingredients, … | summary`. Throws on a line that is not. */
export function readDishes(table: string): Dish[] {
  return table.trim().split('\n').map(readDish);
}

function readDish(line: string): Dish {
  const [title = '', method = '', ingredients = '', summary = '', ...more] = line.split(' | ');
  const [first = '', ...others] = ingredients.split(', ');
  if (!isMethod(method) || first === '' || summary === '' || more.length > 0)
    throw new Error(`not a dish: ${line}`);
  return { title, method, ingredients: [first, ...others], summary };
}
