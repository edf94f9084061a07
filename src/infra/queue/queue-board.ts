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

const BOARD = {
  boardTitle: 'Cordée',
  favIcon: { default: 'static/images/logo.svg', alternative: 'static/favicon-32x32.png' },
};

/**
 * The page on which admins see the queues and what failed in them; nothing can be changed there. An admin whose cookie is too old is led through the
 * app, which brings a new one; for everybody else there is no such page. Jobs hold ids only. `alertFor`: what is wrong at the moment, in a
 * line for who asks, which stands over the page; null while nothing is. Where that cannot be told, the page comes without.
 */
export async function mountQueueBoard(
  app: NestFastifyApplication,
  visitorOf: (request: FastifyRequest) => Promise<Visitor>,
  alertFor: (request: FastifyRequest) => Promise<string | null>,
): Promise<void> {
  const serverAdapter = new FastifyAdapter();
  serverAdapter.setBasePath(QUEUE_BOARD);
  const { setQueues } = createBullBoard({
    queues: [],
    serverAdapter,
    options: { uiConfig: BOARD },
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
  const alerts = new WeakMap<FastifyRequest, string | null>();
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
    if (isPage(request.url)) alerts.set(request, await alertFor(request).catch(() => null));
  });
  // Right before the page is written: the board has one set of words for all who ask.
  fastify.addHook('preHandler', (request, _reply, done) => {
    if (alerts.has(request)) serverAdapter.setUIConfig({ ...BOARD, ...lineOver(alerts.get(request) ?? null) });
    done();
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

const lineOver = (alert: string | null) =>
  alert === null ? {} : { environment: { label: alert, color: '#b3261e', textColor: '#ffffff', fontSize: '1rem' } };

/** Not what the page loads, nor what it asks again and again. */
const isPage = (url: string) => isOfBoard(url) && !/^\/admin\/queues\/(api|static)\//.test(url);

const isOfBoard = (url: string) => url === QUEUE_BOARD || /^\/admin\/queues[/?]/.test(url);
