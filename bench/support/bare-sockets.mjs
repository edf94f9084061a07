/**
 * The reference of the fanout: a bare socket.io server that broadcasts what it is sent to the room and acks it. No sign-in, no rights,
 * no database. With REDIS_ADAPTER it shares its rooms with others by the adapter that the product uses.
 */
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer((request, response) => response.writeHead(request.url === '/readyz' ? 200 : 404).end());
const io = new Server(http, { path: '/socket.io', transports: ['websocket'], serveClient: false });
if (process.env.REDIS_ADAPTER === 'on') {
  const [publisher, subscriber] = [new Redis(process.env.REDIS_URL), new Redis(process.env.REDIS_URL)];
  io.adapter(createAdapter(publisher, subscriber, { key: `${process.env.REDIS_PREFIX}-bare` }));
}

let rev = 0;
io.on('connection', (socket) => {
  void socket.join(socket.handshake.auth.room);
  socket.on('channel:send', ({ channelId, clientId, body }, ack) => {
    rev += 1;
    // As many bytes as a message of the product has.
    const message = {
      id: randomUUID().replaceAll('-', '').slice(0, 24),
      channelId,
      seq: rev,
      rev,
      clientId,
      senderId: channelId,
      body,
      mentions: [],
      mentionsAll: false,
      threadId: null,
      replies: 0,
      lastReplyAt: null,
      reactions: [],
      topicId: null,
      note: null,
      createdAt: new Date().toISOString(),
      editedAt: null,
      deletedAt: null,
    };
    io.to(channelId).emit('message.created', message);
    ack({ ok: true, data: { message } });
  });
});
http.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
