import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { JobQueues } from './job-queues.js';

/** Where the page of the queues is. */
export const QUEUE_BOARD = '/admin/queues';

/** Who asks for the page: an admin, somebody else who is signed in, or nobody whom we know. */
export type Visitor = 'admin' | 'other' | 'nobody';

/** Its page has styles of its own in its text; its scripts are files. */
const BOARD_POLICY =
  "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";

/**
 * The page on which admins see the queues and what failed in them; nothing can be changed there. An admin whose cookie is too old is led through the
 * app, which brings a new one; for everybody else there is no such page. Jobs hold ids only.
 */
export async function mountQueueBoard(
  app: NestFastifyApplication,
  visitorOf: (request: FastifyRequest) => Promise<Visitor>,
): Promise<void> {
  const serverAdapter = new FastifyAdapter();
  serverAdapter.setBasePath(QUEUE_BOARD);
  const { setQueues } = createBullBoard({
    queues: [],
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Cordée' } },
  });
  // With the first visit: all queues are known once the app stands.
  const fill = once(() =>
    setQueues(
      app
        .get(JobQueues)
        .all()
        .map((queue) => new BullMQAdapter(queue, { readOnlyMode: true, allowRetries: false })),
    ),
  );
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (!isOfBoard(request.url)) return;
    const visitor = await visitorOf(request);
    if (visitor === 'nobody' && request.method === 'GET') return await reply.redirect('/admin');
    if (visitor !== 'admin' || request.method !== 'GET') {
      reply.callNotFound();
      return await reply;
    }
    fill();
  });
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (isOfBoard(request.url))
      void reply.header('content-security-policy', BOARD_POLICY).header('cache-control', 'no-store');
    done();
  });
  await app.register(serverAdapter.registerPlugin(), { prefix: QUEUE_BOARD });
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

const isOfBoard = (url: string) => url === QUEUE_BOARD || /^\/admin\/queues[/?]/.test(url);
