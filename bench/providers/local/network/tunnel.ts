import { createServer, type Server, type Socket } from 'node:net';
import type { Millis } from '../../../base/units.ts';
import { now } from './clock.ts';
import { DelayLine } from './delay-line.ts';
import { connectTo } from './connect-to.ts';
import type { Link } from './link.ts';
import { feedFromSocket } from './socket-inlet.ts';
import { socketOutlet } from './socket-outlet.ts';

/** A TCP server: whoever connects to it speaks to `targetPort` on 127.0.0.1 as if that were a link away. */
export function makeTunnel(link: Link, targetPort: number): Server {
  return createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (client) => {
    carry(client, link, targetPort);
  });
}

/**
 * The kernel accepts at once, so the round trip of opening is charged afterwards: without it the first request would
 * arrive at 0.5 round trips and its answer at 1; with it they do at 1.5 and 2.
 */
function carry(client: Socket, link: Link, targetPort: number): void {
  const { rttMs, dueTimes } = link;
  const opened = now();
  client.on('error', () => undefined);
  dueTimes.at(opened + rttMs / 2, () => {
    if (client.destroyed) return;
    const target = connectTo(targetPort);
    const refuse = (): void => {
      dueTimes.at(opened + rttMs, () => client.resetAndDestroy());
    };
    target.once('error', refuse);
    target.once('connect', () => {
      target.off('error', refuse);
      join(client, target, link, opened);
    });
  });
}

function join(client: Socket, target: Socket, link: Link, opened: Millis): void {
  const { rttMs, dueTimes, oneWay } = link;
  const there = new DelayLine(dueTimes, oneWay, socketOutlet(target), opened + 1.5 * rttMs);
  const back = new DelayLine(dueTimes, oneWay, socketOutlet(client), opened + 2 * rttMs);
  feedFromSocket(client, there, back);
  feedFromSocket(target, back, there);
  if (client.destroyed) target.resetAndDestroy();
  else client.resume();
}
