/**
 * The mark by which everything that belongs to one broker is known: an environment variable that every process inherits
 * from its parent, also one that has made itself a daemon. It names the broker's own directory, so it is unique.
 */

/** Name of the environment variable. */
export const MARK_NAME = 'DEBITOR_ADAPTER_BROKER';

/** The entry as it stands in a process's environment. */
export function markOf(directory: string): string {
  return `${MARK_NAME}=${directory}`;
}
