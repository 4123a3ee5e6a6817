/**
 * How V8's garbage collector works for a running adapter (decision 0030). Nothing but time and memory depends on it: a V8 that
 * no longer knows the flag says so on standard error, and goes on.
 */
import { setFlagsFromString } from 'node:v8';

/** To be called before the first message. */
export function setUpCollector(): void {
  // What V8 guesses will live long it makes among the old objects, where it keeps alive all that it refers to until the old ones
  // are looked through. Of a message nothing lives long, and a seventh of all that was made was moved twice for nothing.
  setFlagsFromString('--no-allocation-site-pretenuring');
}
