/** The groups that the code which runs is in, the outermost first; of this virtual user and script. */
export const groups: string[] = [];

/** Runs something as part of a group. */
export function within<T>(group: string, run: () => T): T {
  groups.push(group);
  try {
    return run();
  } finally {
    groups.pop();
  }
}
