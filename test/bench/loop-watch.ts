/**
 * Watches the event loop of the process that it is imported into (`node --import`): tells its parent, when asked, the
 * longest time in milliseconds that nothing else could run since it was asked before.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const NANOSECONDS_PER_MS = 1e6;
/** In milliseconds: what it measures begins with this. */
const RESOLUTION_MS = 1;

// It is imported into the threads of the process as well: theirs hold nobody up.
if (isMainThread) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  process.on('message', () => {
    process.send?.({ longestMs: Math.max(0, delay.max / NANOSECONDS_PER_MS - RESOLUTION_MS) });
    delay.reset();
  });
  // Listening must not keep the process alive.
  process.channel?.unref();
}
