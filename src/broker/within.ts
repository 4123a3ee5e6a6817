/** Bounds a wait: nothing that depends on the broker may hang for ever. */

/** Thrown when a wait has lasted its bound. What was waited for may still happen later; its result is dropped. */
export class TimeLimitExceeded extends Error {
  override readonly name = 'TimeLimitExceeded';
}

/** @throws TimeLimitExceeded after `limitMs`, else what the promise gives or throws. */
export async function within<Value>(promise: Promise<Value>, limitMs: number, what: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimeLimitExceeded(`${what} tog mere end ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
