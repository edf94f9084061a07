import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { discreetError, discreetLine } from './discreet.js';

/** The process's logger. Of a request it holds method, route, status, time and id; of an error what discreet.ts lets through. */
export function createPino(level: string, to?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: { pid: process.pid },
    serializers: { err: discreetError },
    redact: ['req.headers', '*.email', '*.token', '*.password', '*.body'],
    hooks: { streamWrite: discreetLine },
  };
  return to ? pino(options, to) : pino(options);
}

/** Nest tells of each module and route as it is put together: 200 lines a start, of use only to who looks for a fault there. */
const ROOMS_OF_NEST = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'WebSocketsController']);

/** Nest's log calls to pino: `log(message, context)` or `log({..}, message, context)`. */
export class PinoLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(ROOMS_OF_NEST.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
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
