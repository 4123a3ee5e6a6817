/**
 * How a process under test came to its end, and what it wrote as errors: in Danish, bounded, and masked as the log is, since
 * both are shown to whoever runs the kit.
 */
import type { ChildProcess } from 'node:child_process';
import { scrub } from '../../domain/cpr.ts';

/** A stack trace and a little more. */
const MAX_CHARS = 4000;
const MAX_SHOWN_LINES = 6;
const MAX_SHOWN_CHARS = 500;
/** After its end for what it wrote last; what it has started may hold the pipe for ever. */
const LAST_OUTPUT_MS = 250;

/** What a process writes as errors, of which the last lines are kept. */
export class LastWords {
  #text = '';

  constructor(child: ChildProcess) {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const all = this.#text + text;
      // Whole lines only: half of a number is no longer recognised as one.
      this.#text = all.length <= MAX_CHARS ? all : all.slice(-MAX_CHARS).replace(/^[^\n]*\n?/, '');
    });
  }

  /** The last lines since this was asked last, in one; '' where there are none. */
  take(): string {
    const lines = scrub(this.#text)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    this.#text = '';
    return lines.slice(-MAX_SHOWN_LINES).join(' | ').slice(-MAX_SHOWN_CHARS);
  }
}

/** Resolves when it has ended, or could not be started, with how, and with its last words where it had any. */
export function endOf(child: ChildProcess, words: LastWords): Promise<string> {
  return new Promise((resolve) => {
    let how = '';
    const tell = (): void => {
      const said = words.take();
      resolve(said === '' ? how : `${how}: ${said}`);
    };
    child.once('error', ({ message }) => resolve(scrub(message)));
    child.once('exit', (code, signal) => {
      how = code === null ? `signal ${signal}` : `exitkode ${code}`;
      const timer = setTimeout(tell, LAST_OUTPUT_MS);
      child.once('close', () => {
        clearTimeout(timer);
        tell();
      });
    });
  });
}
