import type { IncomingHttpHeaders } from 'node:http';
import type { Replay } from './replay.ts';
import type { Wish } from './route.ts';

/** Where the client asks to be served: `fly-force-…` before `fly-prefer-…`. */
export function wishOfClient(app: string, headers: IncomingHttpHeaders): Wish {
  const one = (name: string): string | undefined => headers[name]?.toString().trim();
  const region = one('fly-force-region') ?? one('fly-prefer-region');
  const id = one('fly-force-instance-id') ?? one('fly-prefer-instance-id');
  return {
    app,
    regions:
      region === undefined
        ? undefined
        : {
            codes: region.split(',').map((code) => code.trim().toLowerCase()),
            force: one('fly-force-region') !== undefined,
          },
    instance:
      id === undefined ? undefined : { id, force: one('fly-force-instance-id') !== undefined },
  };
}

/** Where a machine's replay sends the request; `app` is the app that the machine belongs to. */
export function wishOfReplay(replay: Replay, app: string, responder: string): Wish {
  const id = replay.instance ?? replay.preferInstance;
  return {
    app: replay.app ?? app,
    regions: replay.regions,
    instance: id === undefined ? undefined : { id, force: replay.instance !== undefined },
    avoid: replay.elsewhere ? responder : undefined,
  };
}

/** Back to the machine whose replay could not be delivered. */
export function wishOfFallback(
  fallback: NonNullable<Replay['fallback']>,
  app: string,
  id: string,
): Wish {
  return { app, instance: { id, force: fallback === 'force_self' } };
}
