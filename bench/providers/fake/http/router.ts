import type { Route } from './call.ts';

/** The route of a request and what its path names; undefined if the API has no such call. */
export type Router = (
  method: string,
  path: string,
) => { readonly route: Route; readonly params: Readonly<Record<string, string>> } | undefined;

export function makeRouter(routes: readonly Route[]): Router {
  const known = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  return (method, path) => {
    for (const { route, pattern } of known) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match !== null) return { route, params: decoded(match.groups ?? {}) };
    }
    return undefined;
  };
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);

const decoded = (groups: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(groups).map(([key, value]) => [key, decodeURIComponent(value)]),
  );
