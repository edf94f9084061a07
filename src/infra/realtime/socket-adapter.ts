import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server as HttpServer } from 'node:http';
import type { Server } from 'socket.io';
import { Realtime } from './realtime.js';

/** Puts our one socket server under Nest's gateways. */
export class SocketAdapter extends IoAdapter {
  private server: Server | undefined;

  constructor(private readonly app: INestApplicationContext) {
    super(app);
  }

  override createIOServer(): Server {
    this.server ??= this.app.get(Realtime).open(this.httpServer as HttpServer);
    return this.server;
  }
}
