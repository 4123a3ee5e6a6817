/**
 * What the command line may do to the world: write, listen for signals, end the process. `cli.ts` gives the real one, and
 * is the only place that touches the process.
 */

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

export interface Terminal {
  /** Writes text to standard output as it stands. */
  out(text: string): void;
  /** Writes text to standard error as it stands: progress, warnings, errors. */
  err(text: string): void;
  /** Adds colour where standard output is a terminal and NO_COLOR is not set; else the text as it stands. */
  style(style: Style, text: string): string;
  /** Whether a person looks at standard error. */
  readonly interactive: boolean;
  /** Calls the listener at SIGINT, SIGTERM and SIGHUP, until the returned function is called. */
  onSignal(listener: (signal: string) => void): () => void;
  /** Calls the listener for what nothing in the program caught, until the returned function is called. */
  onFault(listener: (error: unknown) => void): () => void;
  /** Ends the process at once, without waiting for anything. */
  exitNow(code: number): void;
}

/** The one table of exit codes; `debitor-adapter --help` prints it. */
export const EXIT_CODES = {
  ok: { code: 0, meaning: 'alt i orden' },
  problems: {
    code: 1,
    meaning: 'fandt problemer: et negativt svar, en fejl i doctor, en afvigelse i topologien, et ukendt id',
  },
  usage: { code: 2, meaning: 'forkert brug af kommandoen' },
  unavailable: {
    code: 69,
    meaning: 'RabbitMQ, ledgeren eller debitorsystemet kan ikke nås, eller svaret kom ikke i tide',
  },
  fault: { code: 70, meaning: 'en fejl i programmet selv' },
  configuration: { code: 78, meaning: 'fejl i konfigurationen eller i filer, den nævner' },
} as const;

/** What a command comes to: shown as text, or as JSON with `--json`. */
export interface Outcome {
  readonly exit: keyof typeof EXIT_CODES;
  readonly json: unknown;
  readonly text: string;
  /** For standard error, before the rest. */
  readonly warning?: string;
  /** Shown as it stands, CPR numbers included, since somebody asked for exactly that; else both forms are masked. */
  readonly unmasked?: true;
}

/** A command was given arguments that mean nothing; the text says which and what would. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
