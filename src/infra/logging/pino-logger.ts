import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

/** The process's logger. Nothing of a request but method, route, status, time and id is ever logged. */
export function createPino(level: string): Logger {
  return pino({
    level,
    base: { pid: process.pid },
    redact: ['req.headers', '*.email', '*.token', '*.password', '*.body'],
  });
}

/** Nest's log calls to pino: `log(message, context)` or `log({..}, message, context)`. */
export class PinoLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(
    level: 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const texts = rest.filter((part): part is string => typeof part === 'string');
    const room = texts.at(-1);
    if (message instanceof Error) this.pino[level]({ err: message, room });
    else if (typeof message === 'object' && message !== null) this.pino[level]({ ...message, room }, texts[0]);
    else this.pino[level]({ room, ...(texts.length > 1 && { stack: texts[0] }) }, String(message));
  }
}
