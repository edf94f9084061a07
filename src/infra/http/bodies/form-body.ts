import { BadRequestException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** A form of a mail program has one field, one of a program that was made for Slack as well. */
const MAX_FIELDS = 10;
const AND = 0x26;

/** How forms (`application/x-www-form-urlencoded`) are read, on whatever route: with more fields than anybody sends they are not read at all, since each costs far more than its length. */
export function registerFormBody(app: NestFastifyApplication, bodyLimit: number): void {
  app.useBodyParser('application/x-www-form-urlencoded', { bodyLimit }, (_request, body, done) => {
    if (hasTooMany(body)) done(new BadRequestException());
    else done(null, Object.fromEntries(new URLSearchParams(body.toString())));
  });
}

function hasTooMany(bytes: Buffer): boolean {
  let fields = 1;
  for (let at = bytes.indexOf(AND); at >= 0; at = bytes.indexOf(AND, at + 1)) {
    fields += 1;
    if (fields > MAX_FIELDS) return true;
  }
  return false;
}
