import type { Server as Engine } from 'engine.io';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Config } from '../../config/config.js';
import { isOurOrigin } from '../http/foreign-pages.js';
import { SOCKETS } from '../http/lines/other-protocols.js';
import { isOwnHost } from '../http/own-hosts.js';
import { answerRaw } from '../http/problem.filter.js';

type Asked = Parameters<Engine['handleUpgrade']>[0];

/**
 * The one way in to the socket server: a websocket that opens a line of its own. All else at its path is plain HTTP and stays with the routes, and what they are guarded
 * by; a second line to a socket that is open already would be nobody's that we watch, and no client of ours asks for one.
 */
export function openSocketDoor(server: Server, engine: Engine, config: Config): void {
  server.on('upgrade', (asked: Asked, socket: Duplex, head: Buffer) => {
    if (!asked.url?.startsWith(SOCKETS)) return;
    const refusal = refusalOf(asked, asked.url, config);
    if (refusal) answerRaw(socket, refusal);
    else engine.handleUpgrade(asked, socket, head);
  });
}

/** Why this may not come in; null where it may. CORS does not guard upgrades. */
function refusalOf({ headers, method }: IncomingMessage, url: string, config: Config) {
  if (!isOwnHost(headers, config)) return { status: 421, code: 'foreign_host' };
  if (!isOurOrigin(headers, config)) return { status: 403, code: 'foreign_page' };
  if (headers.upgrade?.toLowerCase() !== 'websocket')
    return { status: 426, code: 'upgrade_unknown', head: ['upgrade: websocket'] };
  const { searchParams } = new URL(url, config.PUBLIC_URL);
  const isFirst = method === 'GET' && searchParams.get('transport') === 'websocket' && !searchParams.has('sid');
  return isFirst ? null : { status: 400, code: 'unreadable' };
}
