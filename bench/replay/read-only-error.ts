/** SQLSTATE of a write in a read-only transaction, which is every transaction of a replica. */
const readOnlySqlTransaction = '25006';

/** True if the error, or anything in its chain of causes, says that the database refused to write. */
export function isReadOnlyError(error: unknown): boolean {
  const seen = new Set<unknown>();
  let current = error;
  // Causes may form a ring.
  while (typeof current === 'object' && current !== null && !seen.has(current)) {
    if ('code' in current && current.code === readOnlySqlTransaction) return true;
    seen.add(current);
    current = 'cause' in current ? current.cause : undefined;
  }
  return false;
}
