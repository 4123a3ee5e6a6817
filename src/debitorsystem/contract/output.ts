/**
 * What the processes of a backend under test write on stdout and stderr, searched as it comes for texts that must not stand
 * there. Nothing of it is kept but the last few characters, and how often each stream held one of the texts.
 */
import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';

export type Stream = 'stdout' | 'stderr';

export class Output {
  #sought: readonly string[] = [];
  readonly #times = new Map<Stream, number>();

  /** Looks for these from now on, in what every process writes that is listened to; what was found before is forgotten. */
  seek(texts: readonly string[]): void {
    this.#sought = texts;
    this.#times.clear();
  }

  /** How often one of them was written, on which stream; empty where none was. */
  get found(): ReadonlyMap<Stream, number> {
    return this.#times;
  }

  /** Hears all that the process writes, on the streams that are open to us. */
  listen({ stdout, stderr }: ChildProcess): void {
    this.#hear('stdout', stdout);
    this.#hear('stderr', stderr);
  }

  #hear(stream: Stream, readable: Readable | null): void {
    let rest = '';
    readable?.setEncoding('utf8').on('data', (text: string) => {
      const all = rest + text;
      for (const sought of this.#sought) {
        // What ends within the rest was counted when the rest came.
        let at = all.indexOf(sought, Math.max(0, rest.length - sought.length + 1));
        for (; at !== -1; at = all.indexOf(sought, at + sought.length)) {
          this.#times.set(stream, (this.#times.get(stream) ?? 0) + 1);
        }
      }
      const longest = Math.max(1, ...this.#sought.map(({ length }) => length));
      rest = longest === 1 ? '' : all.slice(1 - longest);
    });
  }
}
