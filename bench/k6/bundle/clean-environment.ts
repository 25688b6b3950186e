import { childEnvironment } from '../../base/child-environment.ts';

/**
 * Calls something that starts a child of its own before it returns: esbuild's service, which lives as long as we do, takes
 * the environment that it finds and no other. What runs later, in promises, has this process's own again.
 */
export function withCleanEnvironment<T>(act: () => T): T {
  const { env } = process;
  process.env = childEnvironment('tool', {}, env);
  try {
    return act();
  } finally {
    process.env = env;
  }
}
