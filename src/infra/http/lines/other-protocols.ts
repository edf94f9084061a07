import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { answerRaw } from '../problem.filter.js';

/** Where websockets are spoken; the door of the socket server (`realtime/socket-door.ts`) answers what begins so, as it stands in the request. */
export const SOCKETS = '/socket.io/';

/**
 * Answers who wants to speak something else than HTTP, or through us with somebody else (RFC 9110, sections 7.8 and 9.3.6), and lets go of the line. What gets no
 * answer makes a proxy believe that the process is dead, and Node's own timeouts end with the upgrade.
 */
export function refuseOtherProtocols(server: Server): void {
  server.on('upgrade', ({ url = '' }: { url?: string }, socket: Duplex) => {
    if (url.startsWith(SOCKETS)) return;
    answerRaw(socket, { status: 426, code: 'upgrade_unknown', head: ['upgrade: websocket'] });
  });
  server.on('connect', (_request, socket: Duplex) => {
    answerRaw(socket, {
      status: 405,
      code: 'method_not_allowed',
      head: ['allow: GET, HEAD, POST, PUT, PATCH, DELETE'],
    });
  });
}
