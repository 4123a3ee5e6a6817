/** How every command is shown and ends, and the options that several have. Knows no command. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { scrub } from '../domain/cpr.ts';
import { outcomeOfError } from './faults.ts';
import { EXIT_CODES, type Outcome, type Terminal } from './terminal.ts';

/** Rows of a list, unless more are asked for; and the most that can be. */
const DEFAULT_ROWS = 100;
const MAX_ROWS = 100_000;

/** Parses a whole number within bounds. */
export function whole(min: number, max: number): (text: string) => number {
  return (text) => {
    if (/^[0-9]{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
    throw new InvalidArgumentError(`Skal være et helt tal fra ${min} til ${max}.`);
  };
}

/** Parses one of the known names. */
export function oneOf<Name extends string>(known: Readonly<Record<Name, unknown>>): (text: string) => Name {
  const names = Object.keys(known) as Name[];
  return (text) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`Skal være en af: ${names.join(', ')}.`);
  };
}

/** Shows outcomes, and remembers the exit code of the command that ran. */
export class Presenter {
  exitCode: number = EXIT_CODES.ok.code;
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Wraps a command's work as commander calls it: the command itself is the last argument. */
  run(work: (command: Command, json: boolean) => Promise<Outcome>): (...args: readonly unknown[]) => Promise<void> {
    return async (...args) => {
      const command = args.at(-1);
      if (!(command instanceof Command)) throw new TypeError('commander gives the command last');
      const json: unknown = command.opts()['json'];
      try {
        this.#show(await work(command, json === true), json === true);
      } catch (error) {
        const outcome = outcomeOfError(error);
        if (json === true) this.#show(outcome, true);
        else {
          this.#terminal.err(scrub(outcome.text));
          this.exitCode = EXIT_CODES[outcome.exit].code;
        }
      }
    };
  }

  #show({ exit, json, text, unmasked, warning }: Outcome, asJson: boolean): void {
    if (warning !== undefined) this.#terminal.err(warning);
    const shown = asJson ? `${JSON.stringify(json)}\n` : text;
    if (shown !== '') this.#terminal.out(unmasked === true ? shown : scrub(shown));
    this.exitCode = EXIT_CODES[exit].code;
  }
}

/** Adds an example to a command's help. */
export function example(command: Command, ...lines: readonly string[]): Command {
  return command.addHelpText('after', `\nEksempel:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

/** `--ledger URL`. */
export const ledgerOption = (): Option => new Option('--ledger <url>', 'ledgeren i stedet for ADAPTER_LEDGER_URL');
/** `--antal N`, of a list. */
export const rowsOption = (): Option =>
  new Option('--antal <n>', 'højst så mange rækker').argParser(whole(1, MAX_ROWS)).default(DEFAULT_ROWS);
