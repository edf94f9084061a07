import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { Realtime } from './realtime.js';

/** Puts our one socket server under Nest's gateways. */
export class SocketAdapter extends IoAdapter {
  private server: Server | undefined;

  constructor(private readonly app: INestApplicationContext) {
    super(app);
  }

  override createIOServer(port: number, options?: Partial<ServerOptions>): Server {
    if (!this.server) {
      const realtime = this.app.get(Realtime);
      this.server = super.createIOServer(port, { ...options, ...realtime.options() } as ServerOptions);
      realtime.attach(this.server);
    }
    return this.server;
  }
}
