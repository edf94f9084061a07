import { UseInterceptors, UsePipes } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { notFound } from '../../common/problem.js';
import { parse } from '../../common/validation.js';
import {
  type Message,
  SocketRead,
  SocketSend,
  SocketSync,
  SocketTyping,
  type SyncReply,
} from '../../contracts/chat/chat.js';
import { ValidationPipe } from '../../infra/http/validation.pipe.js';
import { AckInterceptor } from '../../infra/realtime/ack.interceptor.js';
import type { LiveSocket } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { idOf } from '../../infra/mongo/ids.js';
import { closedProblem } from '../moderation/block-rule.js';
import { ChannelRosters } from '../channels/channel-rosters.js';
import { ChannelSync } from './channel-sync.js';
import { MessageReading } from '../reading/message-reading.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { TypingRegistry } from './typing-registry.js';

/** What goes up the socket about chat (docs: real time). Every event is acked. */
@WebSocketGateway()
@UseInterceptors(AckInterceptor)
@UsePipes(ValidationPipe)
export class ChatGateway {
  constructor(
    private readonly messages: MessagesService,
    private readonly reading: MessageReading,
    private readonly missed: ChannelSync,
    private readonly typing: TypingRegistry,
    private readonly rosters: ChannelRosters,
  ) {}

  @SubscribeMessage('channel:send')
  async send(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): Promise<{ message: Message }> {
    const { channelId, ...message } = parse(SocketSend, body);
    return { message: await this.messages.send(socket.data, channelId, message) };
  }

  @SubscribeMessage('channel:read')
  async read(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): Promise<{ readSeq: number }> {
    const { channelId, seq } = parse(SocketRead, body);
    const { readSeq } = await this.reading.markRead(socket.data, channelId, seq, false);
    return { readSeq };
  }

  @SubscribeMessage('channel:typing')
  async type(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): Promise<Record<string, never>> {
    const { channelId } = parse(SocketTyping, body);
    // The rooms of a socket are kept as the memberships are, and who is where is kept in mind: no question to the database for each key pressed.
    if (!socket.rooms.has(rooms.channel(channelId))) throw notFound();
    const why = (await this.rosters.of(idOf(channelId))).closedTo.get(socket.data.userId);
    if (why) throw closedProblem(why);
    this.typing.heard(channelId, socket.data.userId);
    return {};
  }

  @SubscribeMessage('sync')
  async sync(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): Promise<SyncReply> {
    const { channels } = parse(SocketSync, body);
    return await this.missed.sync(socket.data, channels);
  }
}
