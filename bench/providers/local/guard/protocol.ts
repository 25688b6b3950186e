/** What the parent tells the guard, over IPC. */
export type GuardMessage =
  | {
      readonly type: 'watch';
      readonly pid: number;
      /** The signal that asks this process to end. */
      readonly signal: NodeJS.Signals;
      /** The whole process group that the process leads. */
      readonly group: boolean;
    }
  | { readonly type: 'forget'; readonly pid: number }
  | { readonly type: 'folder'; readonly path: string }
  | { readonly type: 'forget-folder'; readonly path: string }
  /** All is tidied up: end without doing anything. */
  | { readonly type: 'bye' };

/** What the guard answers once, when it listens. */
export interface GuardReady {
  readonly type: 'ready';
}
