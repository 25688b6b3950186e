import { html } from 'hono/html';
import type { AppContext } from '../context.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';

/** A page for what is not there, or did not work. */
export const problemPage = (c: AppContext, title: string, text: string): Html =>
  layout(c, {
    title,
    words: '',
    body: html`<section class="hero">
      <h1>${title}</h1>
      <p>${text}</p>
      <p><a class="button" href="/">Back to the kitchen</a></p>
    </section>`,
  });
