/**
 * The log: one JSON line per event on standard output, with the event's name in `event`. Bodies of messages are never
 * logged. CPR numbers are masked by type (`domain/identer.ts`) first, and by pattern here as a second net.
 */
import { pino } from 'pino';
import type { LogLevel } from './config.ts';
import { scrub } from './domain/cpr.ts';

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  /** Whether `debug` writes anything: what a message costs in the log is only put together where it does. */
  readonly debugEnabled: boolean;
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** Writes out what is buffered; the last thing before the process ends. */
  flush(): void;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** Where lines go; standard output where left out. */
  readonly write?: (line: string) => void;
}

export function createLog(options: LogOptions): Log {
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    messageKey: 'event',
    hooks: { streamWrite: scrub },
  };
  const { write } = options;
  const logger = write === undefined ? pino(settings) : pino(settings, { write });
  return {
    debugEnabled: logger.isLevelEnabled('debug'),
    debug: (event, fields) => logger.debug(fields ?? {}, event),
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, fields) => logger.error(fields ?? {}, event),
    flush: () => logger.flush(),
  };
}
