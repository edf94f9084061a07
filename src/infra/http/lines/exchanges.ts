import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** A request and its answer. */
export interface Exchange {
  request: Pick<IncomingMessage, 'socket'>;
  answer: ServerResponse;
}

/** So many requests may wait for their answers on one line. Browsers and proxies ask one thing after the other on each (RFC 9112, section 9.3.2, asks for no more). */
const MAX_PIPELINED = 8;

/**
 * Calls `then` once: when the request is answered, or its line is gone. Node tells neither request nor answer that a line closed which is not theirs any more, or not yet:
 * of an answer that was given early, and of one that waits behind another. The line itself always tells.
 */
export function onceOver({ request: { socket }, answer }: Exchange, then: () => void): void {
  if (socket.destroyed || answer.writableFinished) then();
  else
    onFirst(
      [
        [answer, 'finish'],
        [answer, 'close'],
        [socket, 'close'],
      ],
      then,
    );
}

/** Calls `then` once: when a request has come to its end, or its line is gone. */
export function onceCome(request: IncomingMessage, then: () => void): void {
  if (request.socket.destroyed || request.destroyed) then();
  else
    onFirst(
      [
        [request, 'close'],
        [request.socket, 'close'],
      ],
      then,
    );
}

/** Nothing of it stays behind: lines are kept for the next request. */
function onFirst(ways: readonly (readonly [from: EventEmitter, event: string])[], then: () => void): void {
  const happened = () => {
    for (const [from, event] of ways) from.off(event, happened);
    then();
  };
  for (const [from, event] of ways) from.on(event, happened);
}

/**
 * Ends lines on which request after request comes and no answer is taken: each opens what it asks for, all at once. What was opened for an answer that never had its
 * turn is closed with its line, and what comes behind it on that line is not looked at. Called before all other hooks.
 */
export function endFloodedLines(fastify: FastifyInstance): void {
  const waiting = new WeakMap<Socket, Set<ServerResponse>>();
  fastify.server.prependListener('request', (request, answer) => {
    const { socket } = request;
    const answers = waiting.get(socket) ?? new Set<ServerResponse>();
    waiting.set(socket, answers.add(answer));
    if (answers.size > MAX_PIPELINED) socket.destroy();
    onceOver({ request, answer }, () => {
      answers.delete(answer);
      // Whoever fills an answer that Node never gave its line hears by this alone that nobody takes it.
      if (socket.destroyed && !answer.closed) answer.destroy().emit('close');
    });
  });
  // Node answers by itself what expects anything but `100-continue`, past all that stands here; it need not be refused (RFC 9110, section 10.1.1).
  fastify.server.on('checkExpectation', (request, answer) => fastify.server.emit('request', request, answer));
  fastify.addHook('onRequest', ({ raw: { socket } }, reply, done) => {
    if (socket.destroyed) void reply.hijack();
    else done();
  });
}
