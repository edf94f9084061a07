import { BadRequestException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { invalidField } from '../../../common/problem.js';
import { mostValues } from './body-sizes.js';
import { isTooMuch } from './json-bounds.js';

type Parse = (request: unknown, body: string, done: (error: Error | null, parsed?: unknown) => void) => void;

/**
 * How JSON is read. No body at all is none, whatever type it names; keys that would reach a prototype are unknown fields. What lies deeper than anything that we
 * know, or has more values in it, is not read at all: these cost the parser, and whoever looks at what it made, far more than their length.
 */
export function registerJsonBody(app: NestFastifyApplication, bodyLimit: number): void {
  const fastify = app.getHttpAdapter().getInstance();
  const parse = fastify.getDefaultJsonParser('error', 'error') as unknown as Parse;
  app.useBodyParser('application/json', { bodyLimit }, (request, body, done) => {
    if (body.length === 0) {
      done(null, undefined);
      return;
    }
    if (isTooMuch(body, mostValues(request as FastifyRequest))) {
      done(new BadRequestException());
      return;
    }
    const text = body.toString();
    parse(request, text, (error, parsed) => done(error && refusalOf(text, error), parsed));
  });
}

/** The parser does not say why: what is JSON all the same was refused for its keys. */
function refusalOf(text: string, error: Error): Error {
  try {
    JSON.parse(text);
    return invalidField('/__proto__', 'unknown_field');
  } catch {
    return error;
  }
}
