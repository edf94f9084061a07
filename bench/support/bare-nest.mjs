/**
 * The reference of routes: Nest on Fastify with nothing in it. `PUT /told/:name` gives it an answer, `GET /told/:name` answers so (304 to who names
 * it by its tag), `POST /told/:name` takes a body and answers so with 201.
 */
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { Body, Controller, Get, Headers, HttpCode, Module, Param, Post, Put, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';

const told = new Map();

class Told {
  learn(name, answer) {
    told.set(name, { answer, etag: `"${createHash('sha1').update(JSON.stringify(answer)).digest('base64url')}"` });
  }

  read(name, known, reply) {
    const { answer, etag } = told.get(name);
    reply.header('etag', etag);
    if (known !== etag) return answer;
    reply.status(304);
    return undefined;
  }

  write(name) {
    return told.get(name).answer;
  }
}

/** What decorators do, in a file that is run as it stands. */
function route(method, decorators, ...parameters) {
  const descriptor = Object.getOwnPropertyDescriptor(Told.prototype, method);
  for (const decorate of decorators) decorate(Told.prototype, method, descriptor);
  for (const [index, decorate] of parameters.entries()) decorate(Told.prototype, method, index);
}
route('learn', [Put('told/:name'), HttpCode(204)], Param('name'), Body());
route('read', [Get('told/:name')], Param('name'), Headers('if-none-match'), Res({ passthrough: true }));
route('write', [Post('told/:name')], Param('name'), Body());
Controller()(Told);

class Bare {}
Module({ controllers: [Told] })(Bare);

const app = await NestFactory.create(Bare, new FastifyAdapter({ bodyLimit: 8_000_000 }), { logger: false });
app.getHttpAdapter().get('/readyz', (_request, reply) => reply.send('ok'));
await app.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
