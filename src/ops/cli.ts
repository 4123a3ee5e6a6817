#!/usr/bin/env node
/** The process behind `debitor-adapter`: gives the program its terminal and takes its exit code. Nothing else ends it. */
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { runProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/**
 * A terminal sends Ctrl-C to everybody, and npm and the launcher pass it on besides: what comes again so soon is the same
 * signal, not a second one.
 */
const ECHO_MS = 500;

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  // It knows of NO_COLOR, and of an output that is no terminal.
  style: (style, text) => styleText(style, text, { stream: process.stdout, validateStream: true }),
  interactive: process.stderr.isTTY === true,
  onSignal(listener) {
    let latestAt = Number.NEGATIVE_INFINITY;
    const once = (signal: string): void => {
      const isEcho = performance.now() - latestAt < ECHO_MS;
      latestAt = performance.now();
      if (!isEcho) listener(signal);
    };
    for (const signal of SIGNALS) process.on(signal, once);
    return () => {
      for (const signal of SIGNALS) process.off(signal, once);
    };
  },
  onFault(listener) {
    process.on('uncaughtException', listener);
    process.on('unhandledRejection', listener);
    return () => {
      process.off('uncaughtException', listener);
      process.off('unhandledRejection', listener);
    };
  },
  exitNow: (code) => process.exit(code),
};

/** package.json stands beside src/ (or dist/). */
function versionOf(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'));
  const version: unknown =
    typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'version') : undefined;
  return typeof version === 'string' ? version : 'ukendt';
}

// A reader that has gone away (`| head`) is no fault of the command.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  writeSync(2, `${error.message}\n`);
});

/** What the program has left running, such as a backend's timer, may keep the process alive no longer than this. */
const LINGER_MS = 2000;

process.exitCode = await runProgram(process.argv.slice(2), terminal, versionOf());
setTimeout(() => process.exit(), LINGER_MS).unref();
