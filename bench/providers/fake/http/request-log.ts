/** A request as the fake saw it. */
export interface RequestLog {
  /** When it came, in Unix milliseconds. */
  readonly at: number;
  /** `machine.create`; `unknown` for a path that the API does not have. */
  readonly action: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** What was answered; 0: nothing, the connection was dropped. */
  readonly status: number;
  /** Until the answer, in milliseconds. */
  readonly ms: number;
  /** Of the body that came with it. */
  readonly bytes: number;
}
