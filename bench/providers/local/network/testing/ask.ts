import { Agent, request, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { onTestFinished } from 'vitest';
import { now } from '../clock.ts';

export interface Asked {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Until the response's head was there. */
  readonly ms: number;
}

/** One HTTP request to a port; `body` with its length, unless the headers say otherwise. */
export function ask(
  port: number,
  path: string,
  options: RequestOptions & { body?: Buffer | string } = {},
): Promise<Asked> {
  const began = now();
  return new Promise((resolve, reject) => {
    const { body, ...others } = options;
    const sent = request({ port, host: '127.0.0.1', path, ...others }, (response) => {
      const ms = now() - began;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, ms });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A client's kept connections, closed with the test. */
export function keepAliveAgent(maxSockets = Infinity): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets });
  onTestFinished(() => {
    agent.destroy();
  });
  return agent;
}
