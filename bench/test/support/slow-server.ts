import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A service under test conditions. */
export interface SlowServer {
  readonly url: string;
  /** From now on connections are refused. */
  readonly close: () => void;
}

/**
 * A service that takes `ms` to answer, and keeps connections open as a real one behind a proxy does; from its `at`-th
 * request on it does not answer at all for `forMs`. Closed with the test.
 */
export async function slowServer(
  ms: number,
  freeze = { at: Infinity, forMs: 0 },
): Promise<SlowServer> {
  let requests = 0;
  let frozenUntil = 0;
  const server = createServer({ keepAliveTimeout: 90_000 }, (_, response) => {
    if (++requests === freeze.at) frozenUntil = Date.now() + freeze.forMs;
    setTimeout(() => response.end('ok'), Math.max(ms, frozenUntil - Date.now()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
