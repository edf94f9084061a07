import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { invalidField } from '../../common/problem.js';

type Parse = (request: unknown, body: string, done: (error: Error | null, parsed?: unknown) => void) => void;

/**
 * How JSON is read. No body at all is none, whatever type it names; keys that would reach a prototype are unknown fields.
 */
export function registerJsonBody(app: NestFastifyApplication, bodyLimit: number): void {
  const fastify = app.getHttpAdapter().getInstance();
  const parse = fastify.getDefaultJsonParser('error', 'error') as unknown as Parse;
  app.useBodyParser('application/json', { bodyLimit }, (request, body, done) => {
    if (body.length === 0) {
      done(null, undefined);
      return;
    }
    parse(request, body.toString(), (error, parsed) => done(error && refusalOf(error), parsed));
  });
}

const refusalOf = (error: Error): Error =>
  error.message.includes('forbidden prototype') ? invalidField('/__proto__', 'unknown_field') : error;
