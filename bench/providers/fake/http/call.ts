import type { z } from 'zod';
import { ApiError, invalid } from '../api-error.ts';
import type { FakeCloud } from '../cloud.ts';

/** A request, read and matched. */
export interface Call {
  readonly cloud: FakeCloud;
  /** What the path names. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON of the body; undefined without one. */
  readonly body: unknown;
  /** The nonce of the lease that the caller holds. */
  readonly nonce: string | undefined;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  /** Without a body: undefined. */
  readonly body?: unknown;
  /** JSON unless given. */
  readonly type?: string;
}

/** A kind of call; `action` is what limits, faults and the log know it by. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `/v1/apps/:app/machines/:id`. */
  readonly path: string;
  readonly action: string;
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** A part of the path. */
export function param(call: Pick<Call, 'params'>, name: string): string {
  return call.params[name] ?? '';
}

/** The body in the shape that is wanted, `{}` where there is none; throws an ApiError (400) for another shape. */
export function bodyAs<T>({ body }: Pick<Call, 'body'>, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  if (Array.isArray(body))
    throw new ApiError(400, 'json: cannot unmarshal array into Go value of type main.request');
  const [issue] = parsed.error.issues;
  throw invalid(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}
