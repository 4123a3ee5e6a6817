/**
 * How V8's garbage collector works for a running adapter (decision 0030). Nothing but time and memory depends on it: a V8 that
 * no longer knows a flag says so on standard error, and goes on.
 */
import { setFlagsFromString } from 'node:v8';

const FLAGS = [
  // What V8 guesses will live long it makes among the old objects, where it keeps alive all that it refers to until the old ones
  // are looked through. Of a message nothing lives long, and a seventh of all that was made was moved twice for nothing.
  '--no-allocation-site-pretenuring',
  // Old objects may grow to 1.8 times what was alive, and not to four times.
  '--heap-growing-percent=80',
];

/** To be called before the first message. */
export function setUpCollector(): void {
  for (const flag of FLAGS) setFlagsFromString(flag);
}
