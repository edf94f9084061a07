import { type BeforeApplicationShutdown, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Server } from 'node:http';

const SWEEP_MS = 50;

/**
 * A request in flight when the stop begins leaves its connection open for the next one, for as long as keep-alive allows: longer than a
 * stop may take. So answers given from then on end their connection, and what falls idle all the same is closed. It begins before
 * the socket server closes, which waits for the connections of HTTP as well.
 */
@Injectable()
export class GracefulStop implements BeforeApplicationShutdown, OnApplicationShutdown {
  isStopping = false;
  private sweep: NodeJS.Timeout | undefined;

  constructor(private readonly host: HttpAdapterHost) {}

  beforeApplicationShutdown(): void {
    this.isStopping = true;
    const server = this.host.httpAdapter.getHttpServer() as Server;
    this.sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.sweep);
  }
}

/** Ends the connection of each answer once the stop has begun. */
export function registerGracefulStop(app: NestFastifyApplication): void {
  const stop = app.get(GracefulStop);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (_request, reply, _payload, done) => {
      if (stop.isStopping) void reply.header('connection', 'close');
      done();
    });
}
