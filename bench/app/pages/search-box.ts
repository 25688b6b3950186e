import { html } from 'hono/html';
import type { Html } from './html.ts';

export const searchBox = (words: string, placeholder = 'Search recipes'): Html =>
  html`<form class="search" action="/search" role="search">
    <input
      type="search"
      name="q"
      value="${words}"
      placeholder="${placeholder}"
      aria-label="Search recipes"
      maxlength="200"
    /><button>Search</button>
  </form>`;
