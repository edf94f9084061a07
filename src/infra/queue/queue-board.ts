import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { toProblem } from '../http/problem.filter.js';
import { JobQueues } from './job-queues.js';
import { type BoardReader, boardConfig, boardPage } from './queue-board-page.js';

/** Where the page of the queues is. */
export const QUEUE_BOARD = '/admin/queues';

/** Who asks for the page: an admin, somebody else who is signed in, or nobody whom we know. */
export type Visitor = 'admin' | 'other' | 'nobody';

/** Its page has styles of its own in its text; its scripts are files. */
const BOARD_POLICY =
  "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";

const ANYBODY: BoardReader = { locale: 'en', alert: null };

/**
 * The page on which admins see the queues and what failed in them; nothing can be changed there. An admin whose cookie is too old is led through the
 * app, which brings a new one; for everybody else there is no such page. Jobs hold ids only. `readerOf`: who asks, and what they are told
 * beside it. Where that cannot be read, the page comes without, in English.
 */
export async function mountQueueBoard(
  app: NestFastifyApplication,
  visitorOf: (request: FastifyRequest) => Promise<Visitor>,
  readerOf: (request: FastifyRequest) => Promise<BoardReader>,
): Promise<void> {
  const serverAdapter = new FastifyAdapter();
  serverAdapter.setBasePath(QUEUE_BOARD);
  const { setQueues } = createBullBoard({
    queues: [],
    serverAdapter,
    options: { uiConfig: boardConfig(ANYBODY.locale) },
  });
  // What fails is told as everywhere, not with its inside.
  serverAdapter.setErrorHandler((error) => {
    const { status, code, detail } = toProblem(error);
    return { status: status as 404, body: { error: code, message: detail } };
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
  const readers = new WeakMap<FastifyRequest, BoardReader>();
  // Whatever is served in this scope passes its hooks, however the address was written: the router alone reads addresses.
  await app.register(
    (board: FastifyInstance, _options: unknown, done: () => void) => {
      board.addHook('onRequest', async (request, reply) => {
        void reply.header('content-security-policy', BOARD_POLICY).header('cache-control', 'no-store');
        const visitor = await visitorOf(request);
        if (visitor === 'nobody' && request.method === 'GET') return await reply.redirect('/admin');
        if (visitor !== 'admin' || request.method !== 'GET') {
          reply.callNotFound();
          return await reply;
        }
        fill();
        if (isPage(request)) readers.set(request, await readerOf(request).catch(() => ANYBODY));
      });
      // Right before the page is written: the board has one set of words for all who ask.
      board.addHook('preHandler', (request, _reply, next) => {
        const reader = readers.get(request);
        if (reader) serverAdapter.setUIConfig(boardConfig(reader.locale));
        next();
      });
      board.addHook('onSend', (request, _reply, payload, next) => {
        const reader = readers.get(request);
        next(null, reader && typeof payload === 'string' ? boardPage(payload, reader) : payload);
      });
      board.register(serverAdapter.registerPlugin());
      board.get('/*', (_request, reply) => reply.callNotFound());
      done();
    },
    { prefix: QUEUE_BOARD },
  );
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

/** Not what the page loads, nor what it asks again and again: those routes of the board stand under these. */
const isPage = ({ routeOptions }: FastifyRequest) => !/^\/admin\/queues\/(api|static)\//.test(routeOptions.url ?? '');
