import type { Socket } from 'node:net';
import type { Outlet } from './delay-line.ts';

/** Puts a delay line's bytes into a real socket. What comes after the socket's death is dropped. */
export function socketOutlet(socket: Socket): Outlet {
  return {
    write: (chunk, flushed) => {
      if (socket.destroyed || socket.writableEnded) flushed();
      else
        socket.write(chunk, () => {
          flushed();
        });
    },
    end: () => {
      if (!socket.destroyed) socket.end();
    },
    reset: () => {
      socket.resetAndDestroy();
    },
  };
}
