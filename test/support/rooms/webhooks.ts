import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { WebhookPayload } from '../../../src/contracts/bridges/webhooks.js';

/** A request that a receiver of webhooks got. */
export interface Received {
  headers: IncomingMessage['headers'];
  body: string;
  payload: WebhookPayload;
}

/**
 * A server that receives the messages of webhooks and keeps them in `received`.
 *
 * @param received where each request is added, in the order of arrival
 * @param answer the status of the answer; 302 leads to a port where nobody listens
 * @param happens what is done before a request counts as received
 */
export const aReceiver = (
  received: Received[],
  answer: () => number = () => 204,
  happens: () => Promise<void> | undefined = () => undefined,
): Server =>
  createServer((request, response) => {
    void text(request).then(async (body) => {
      await happens();
      received.push({ headers: request.headers, body, payload: JSON.parse(body) as WebhookPayload });
      const status = answer();
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end();
    });
  });

/** Starts a receiver on a free port of this machine. Returns the address for webhooks. */
export async function addressOf(receiver: Server): Promise<string> {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
}
