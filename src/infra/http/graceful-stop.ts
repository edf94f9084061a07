import { type BeforeApplicationShutdown, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const SWEEP_MS = 50;
/** So long what is in flight may take. Behind it stands the end of the process by force. */
const IN_FLIGHT_MS = 5000;

/**
 * A request in flight when the stop begins leaves its connection open for the next one, for as long as keep-alive allows: longer than a
 * stop may take. So answers given from then on end their connection, and what falls idle all the same is closed. It begins before
 * the socket server closes, which waits for the connections of HTTP as well. Who holds a line and says nothing on it, or half of something, holds up no stop.
 */
@Injectable()
export class GracefulStop implements BeforeApplicationShutdown, OnApplicationShutdown {
  isStopping = false;
  private sweep: NodeJS.Timeout | undefined;
  private readonly lines = new Set<Socket>();

  constructor(private readonly host: HttpAdapterHost) {}

  beforeApplicationShutdown(): void {
    this.isStopping = true;
    const server = this.host.httpAdapter.getHttpServer() as Server;
    this.sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS).unref();
    for (const line of this.lines) endInTime(line);
  }

  onApplicationShutdown(): void {
    clearInterval(this.sweep);
  }

  /** Remembers the lines of a server, also those that speak no HTTP any more. */
  watch(server: Server): void {
    server.on('connection', (line: Socket) => {
      this.lines.add(line);
      if (this.isStopping) endInTime(line);
      line.once('close', () => this.lines.delete(line));
    });
  }
}

function endInTime(line: Socket): void {
  setTimeout(() => line.destroy(), IN_FLIGHT_MS).unref();
}

/** Ends the connection of each answer once the stop has begun. */
export function registerGracefulStop(app: NestFastifyApplication): void {
  const stop = app.get(GracefulStop);
  stop.watch(app.getHttpServer());
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (_request, reply, _payload, done) => {
      if (stop.isStopping) void reply.header('connection', 'close');
      done();
    });
}
