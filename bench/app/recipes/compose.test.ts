import { expect, test } from 'vitest';
import { regions } from '../../world/regions.ts';
import { makeSeed } from '../store/seed.ts';
import { readDishes } from './city.ts';
import { cities, cityOf } from './index.ts';
import { methods } from './methods.ts';

const { recipes, ratings, comments } = makeSeed();

test('every region of the world has a city, and each city 22 dishes', () => {
  expect(cities.map(({ region }) => region)).toEqual([...regions.keys()].sort());
  expect(cities.map(({ dishes }) => dishes.length)).toEqual(cities.map(() => 22));
  expect(recipes.map(({ id }) => id)).toEqual(Array.from({ length: 418 }, (_, i) => i + 1));
});

test('no city has a dish twice', () => {
  expect(new Set(recipes.map(({ city, title }) => `${city} ${title}`)).size).toBe(recipes.length);
});

test('every ingredient is used in the steps, and no gap is left in them', () => {
  for (const { title, ingredients, steps } of recipes) {
    const text = steps.join(' ');
    expect(text, title).not.toMatch(/[{}]|undefined| {2}/);
    for (const { name } of ingredients) expect(text, title).toContain(name);
    expect(steps.length, title).toBeGreaterThanOrEqual(2);
  }
});

/** A sentence is left out if the dish lacks one of its roles, so none may hang on another. */
test('every method speaks of each role in a sentence without other roles', () => {
  for (const [name, { steps }] of Object.entries(methods)) {
    const roles = steps
      .flat()
      .map((sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, role]) => role))
      .map((named) => named.filter((role) => role !== 'main'));
    for (const role of ['aromatics', 'spices', 'liquids', 'fresh', 'starch', 'rest'])
      expect(roles, `${name} ${role}`).toContainEqual([role]);
  }
});

test('the seed is the same every time, and plausible', () => {
  expect(makeSeed()).toEqual({ recipes, ratings, comments });
  expect(new Set(ratings.map(({ stars }) => stars))).toEqual(new Set([1, 2, 3, 4, 5]));
  expect(new Set(ratings.map(({ recipe }) => recipe)).size).toBe(recipes.length);
  expect(new Set(ratings.map((r) => `${r.recipe} ${r.visitor}`)).size).toBe(ratings.length);
  expect(comments.every(({ body }) => !body.includes('{'))).toBe(true);
});

test('a line that is no dish is refused with its text', () => {
  expect(() => readDishes('Soup | boil | water | Wet.')).toThrow('Soup | boil');
  expect(() => readDishes('Soup | soup | water')).toThrow('not a dish');
});

test('the first known region says the city; Paris if none is known', () => {
  expect(cityOf('xxx', 'syd', 'ord').name).toBe('Sydney');
  expect(cityOf(undefined, '__proto__').name).toBe('Paris');
});
