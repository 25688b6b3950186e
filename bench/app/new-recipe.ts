import type { NewRecipe } from './recipes/compose.ts';
import { cities } from './recipes/index.ts';

/** A new recipe as a form sends it. */
export interface RecipeFields {
  readonly title: string;
  readonly summary: string;
  readonly city: string;
  readonly minutes: string;
  readonly servings: string;
  readonly difficulty: string;
  /** A line each: `name, amount`. */
  readonly ingredients: string;
  /** A line each. */
  readonly steps: string;
  /** Between commas. */
  readonly tags: string;
  readonly author: string;
}

/** What is wrong, by field, in words for the person who filled it in. */
export type Problems = Partial<Record<keyof RecipeFields, string>>;

export type Checked =
  | { readonly kind: 'valid'; readonly recipe: NewRecipe }
  | { readonly kind: 'invalid'; readonly problems: Problems };

const fieldNames = [
  'title',
  'summary',
  'city',
  'minutes',
  'servings',
  'difficulty',
  'ingredients',
  'steps',
  'tags',
  'author',
] as const satisfies (keyof RecipeFields)[];

/**
 * The fields out of a form or a JSON object; absent ones are empty. JSON may give numbers, and arrays for what a form
 * writes in lines.
 */
export function readFields(input: unknown): RecipeFields {
  const given = typeof input === 'object' && input !== null ? input : {};
  const values = new Map<string, unknown>(Object.entries(given));
  return Object.fromEntries(
    fieldNames.map((name) => [name, asText(values.get(name), name)]),
  ) as unknown as RecipeFields;
}

function asText(value: unknown, field: string): string {
  if (Array.isArray(value))
    return value.map((one) => asText(one, field)).join(field === 'tags' ? ', ' : '\n');
  if (typeof value === 'string') return value.replaceAll('\r\n', '\n').replaceAll('\0', '').trim();
  if (typeof value === 'number') return String(value);
  return isIngredient(value) ? `${value.name}, ${value.amount}` : '';
}

const isIngredient = (value: unknown): value is { name: string; amount: string } =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'amount' in value &&
  typeof value.amount === 'string';

/** Checks every field and reports all problems at once. */
export function checkRecipe(fields: RecipeFields): Checked {
  const problems = problemsOf(fields);
  return Object.keys(problems).length > 0
    ? { kind: 'invalid', problems }
    : { kind: 'valid', recipe: toRecipe(fields) };
}

function problemsOf(fields: RecipeFields): Problems {
  const problem = (field: keyof RecipeFields, text: string | undefined): Problems =>
    text === undefined ? {} : { [field]: text };
  return {
    ...problem('title', length(fields.title, 3, 120)),
    ...problem('summary', length(fields.summary, 10, 300)),
    ...problem('author', length(fields.author, 2, 80)),
    ...problem('city', isCity(fields.city) ? undefined : 'Choose one of the cities.'),
    ...problem('minutes', whole(fields.minutes, 1, 2880)),
    ...problem('servings', whole(fields.servings, 1, 50)),
    ...problem(
      'difficulty',
      isDifficulty(fields.difficulty) ? undefined : 'easy, medium or ambitious.',
    ),
    ...problem('ingredients', count(lines(fields.ingredients), 2, 40)),
    ...problem('steps', count(lines(fields.steps), 1, 30)),
    ...problem('tags', tagsOf(fields.tags).length > 10 ? 'Ten tags are enough.' : undefined),
  };
}

function length(text: string, least: number, most: number): string | undefined {
  if (text.length < least) return `Write at least ${least} characters.`;
  return text.length > most ? `Keep it below ${most} characters.` : undefined;
}

function whole(text: string, least: number, most: number): string | undefined {
  const value = Number(text);
  const fits = /^\d+$/.test(text) && value >= least && value <= most;
  return fits ? undefined : `A whole number from ${least} to ${most}.`;
}

function count(given: readonly string[], least: number, most: number): string | undefined {
  if (given.some((line) => line.length > 400)) return 'Keep each line below 400 characters.';
  if (given.length < least) return `Write at least ${least} ${least === 1 ? 'line' : 'lines'}.`;
  return given.length > most ? `At most ${most} lines.` : undefined;
}

const isCity = (region: string): boolean => cities.some((city) => city.region === region);

const isDifficulty = (text: string): text is NewRecipe['difficulty'] =>
  ['easy', 'medium', 'ambitious'].includes(text);

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const tagsOf = (text: string): string[] => [
  ...new Set(
    text
      .toLowerCase()
      .split(',')
      .map((tag) => tag.trim().slice(0, 30))
      .filter((tag) => tag !== ''),
  ),
];

function toRecipe(fields: RecipeFields): NewRecipe {
  const { title, summary, city, author, difficulty } = fields;
  return {
    title,
    summary,
    city,
    author,
    difficulty: isDifficulty(difficulty) ? difficulty : 'easy',
    minutes: Number(fields.minutes),
    servings: Number(fields.servings),
    ingredients: lines(fields.ingredients).map(toIngredient),
    steps: lines(fields.steps),
    tags: tagsOf(fields.tags),
  };
}

function toIngredient(line: string): { name: string; amount: string } {
  const [name = '', ...amount] = line.split(',');
  return { name: name.trim(), amount: amount.join(',').trim() };
}
