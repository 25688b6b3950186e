import { Hono } from 'hono';
import { replay } from '../replay/hono.ts';
import { isReadOnlyError } from '../replay/read-only-error.ts';
import type { AppContext, AppEnv } from './context.ts';
import { problemPage } from './pages/problem.ts';
import { api } from './routes/api.ts';
import { pages } from './routes/pages.ts';
import { served } from './served.ts';
import type { Settings } from './settings.ts';
import type { Pool } from './store/pool.ts';

export interface AppOptions {
  readonly settings: Settings;
  readonly pool: Pool;
  /** Whether the database has answered since the start. */
  readonly connected: () => boolean;
  readonly log: (line: string) => void;
}

/** The app, without a server around it. */
export function makeApp({ settings, pool, connected, log }: AppOptions): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(served(settings, pool));
  // Asked often by whoever starts machines, so it never asks the database, which may be an ocean away.
  app.get('/healthz', (c) =>
    connected() ? c.text('ok\n') : c.text('not connected to the database yet\n', 503),
  );
  if (settings.replay.kind === 'on') app.use(replay({ place: settings.replay.place }));
  app.route('/api', api);
  app.route('/', pages);
  app.notFound((c) => problem(c, 404, 'Nothing here', 'This page does not exist.'));
  app.onError((error, c) => {
    // The replay middleware turns a write that the replica refused into a replay; that is no fault.
    if (settings.replay.kind === 'off' || !isReadOnlyError(error))
      log(`${c.req.method} ${c.req.path}: ${error.stack ?? error.message}`);
    return problem(c, 500, 'That went wrong', 'It is our fault, not yours. Please try again.');
  });
  return app;
}

function problem(
  c: AppContext,
  status: 404 | 500,
  title: string,
  text: string,
): Response | Promise<Response> {
  if (c.req.path.startsWith('/api/')) return c.json({ error: title.toLowerCase() }, status);
  return c.html(problemPage(c, title, text), status);
}
