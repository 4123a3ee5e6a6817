/** The command line in this process, with what it wrote. */
import { runProgram } from '../../src/ops/program.ts';
import type { Terminal } from '../../src/ops/terminal.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** No colours, nobody looking, and what is written is lost. */
export const quietTerminal: Terminal = {
  out: () => undefined,
  err: () => undefined,
  style: (_style, text) => text,
  interactive: false,
  onSignal: () => () => undefined,
  onFault: () => () => undefined,
  exitNow: (code) => {
    throw new Error(`the command line wanted to end the process with ${code}`);
  },
};

/** Runs `debitor-adapter` with arguments, and keeps what it writes. */
export async function runCli(...args: readonly string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const terminal: Terminal = {
    ...quietTerminal,
    out(text) {
      out += text;
    },
    err(text) {
      err += text;
    },
  };
  const code = await runProgram(args, terminal, '1.2.3');
  return { code, out, err };
}
