import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkRecipe, readFields } from './new-recipe.ts';

const good = {
  title: 'Toast',
  summary: 'Bread, heat, attention.',
  city: 'cdg',
  minutes: 5,
  servings: '2',
  difficulty: 'easy',
  ingredients: ['bread, 2 slices', { name: 'butter', amount: 'some, soft' }],
  steps: 'Toast.\n\n Spread. ',
  tags: ['Quick', 'quick ', 'night'],
  author: 'Me',
};

test('a form and a JSON object give the same recipe', () => {
  const checked = checkRecipe(readFields(good));
  expect(checked).toEqual({
    kind: 'valid',
    recipe: {
      ...good,
      servings: 2,
      ingredients: [
        { name: 'bread', amount: '2 slices' },
        { name: 'butter', amount: 'some, soft' },
      ],
      steps: ['Toast.', 'Spread.'],
      tags: ['quick', 'night'],
    },
  });
  const form = {
    ...good,
    minutes: '5',
    ingredients: 'bread, 2 slices\r\nbutter, some, soft',
    tags: 'Quick, quick, night',
  };
  expect(checkRecipe(readFields(form))).toEqual(checked);
});

test.each([
  [{ title: 'x' }, { title: 'Write at least 3 characters.' }],
  [{ title: 'x'.repeat(121) }, { title: 'Keep it below 120 characters.' }],
  [{ city: 'atlantis' }, { city: 'Choose one of the cities.' }],
  [{ minutes: '1e3' }, { minutes: 'A whole number from 1 to 2880.' }],
  [{ servings: 0 }, { servings: 'A whole number from 1 to 50.' }],
  [{ difficulty: 'hard' }, { difficulty: 'easy, medium or ambitious.' }],
  [{ ingredients: 'bread' }, { ingredients: 'Write at least 2 lines.' }],
  [{ steps: ' \n ' }, { steps: 'Write at least 1 line.' }],
  [{ steps: 'x'.repeat(401) }, { steps: 'Keep each line below 400 characters.' }],
])('%j is refused with a clear word', (wrong, problems) => {
  expect(checkRecipe(readFields({ ...good, ...wrong }))).toEqual({ kind: 'invalid', problems });
});

test('an empty form lists every problem at once', () => {
  const checked = checkRecipe(readFields(undefined));
  expect(checked.kind === 'invalid' && Object.keys(checked.problems).length).toBe(9);
});

test('anything at all is read and judged, never thrown at', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (any, other) => {
      expect(checkRecipe(readFields(any)).kind).toBe('invalid');
      expect(['valid', 'invalid']).toContain(
        checkRecipe(readFields({ ...good, tags: other })).kind,
      );
    }),
  );
});
