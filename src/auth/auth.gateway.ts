import { UseInterceptors, UsePipes } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { parse } from '../common/validation.js';
import { unauthorized } from '../common/problem.js';
import { SocketAuth, SocketMissed } from '../contracts/chat/chat.js';
import { ValidationPipe } from '../infra/http/validation.pipe.js';
import { AckInterceptor } from '../infra/realtime/ack.interceptor.js';
import { ConnectRefused, type LiveSocket, Realtime } from '../infra/realtime/realtime.js';
import { AccessTokens } from './tokens/access-tokens.js';
import { Revocations } from './tokens/revocations.js';

/** Who is behind a socket: checked in the handshake, and again when a fresh token comes up. */
@WebSocketGateway()
@UseInterceptors(AckInterceptor)
@UsePipes(ValidationPipe)
export class AuthGateway {
  constructor(
    private readonly realtime: Realtime,
    tokens: AccessTokens,
    revocations: Revocations,
  ) {
    realtime.authenticateWith(
      async (token) => {
        const claims = await tokens.read(token, 'api');
        if (!claims) throw new ConnectRefused('unauthorized');
        if (revocations.isEnded(claims.sid)) throw new ConnectRefused('login_ended');
        return { userId: claims.sub, loginId: claims.sid, isAdmin: claims.adm === true, expiresAt: claims.exp * 1000 };
      },
      (loginId) => revocations.isEnded(loginId),
    );
  }

  @SubscribeMessage('auth')
  async renew(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): Promise<{ expiresAt: string }> {
    const { token } = parse(SocketAuth, body);
    try {
      return { expiresAt: new Date(await this.realtime.renew(socket, token)).toISOString() };
    } catch (error) {
      if (error instanceof ConnectRefused) throw unauthorized(error.data.code);
      throw error;
    }
  }

  /** Whether what a page loaded before its line stood may be old by now. */
  @SubscribeMessage('missed')
  async missed(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): Promise<{ missed: boolean }> {
    return { missed: await this.realtime.hasMissed(socket, parse(SocketMissed, body).said) };
  }
}
