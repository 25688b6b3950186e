import type { IncomingMessage } from 'node:http';
import { ApiError, invalid } from '../api-error.ts';

/** Nothing is published; about 200 kB were reported to be the most that Fly's edge lets through. */
export const mostBytes = 200_000;

/** Reads a request's body whole; throws an ApiError (413) for one that is too big. */
export async function readBody(
  request: IncomingMessage,
): Promise<{ readonly bytes: number; json(): unknown }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = chunk as Buffer;
    bytes += buffer.length;
    if (bytes <= mostBytes) chunks.push(buffer);
  }
  if (bytes > mostBytes) throw new ApiError(413, 'request body too large');
  const text = Buffer.concat(chunks).toString('utf8');
  return { bytes, json: () => parse(text) };
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('invalid JSON in request body');
  }
}
