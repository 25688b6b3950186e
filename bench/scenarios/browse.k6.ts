import { measure, targetUrl } from './k6lib/measure.ts';

const recipes = 400;

export default function browse(): void {
  measure('home', 'GET', `${targetUrl()}/`);
  measure('recipe', 'GET', `${targetUrl()}/recipes/${1 + Math.floor(Math.random() * recipes)}`);
}
