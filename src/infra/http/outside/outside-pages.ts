import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { answerOf, wasRefused } from './guarded-agent.js';

/** A page as it came, cut where it is too long; or why there is none. */
export type OutsidePage =
  | { problem: null; type: string; body: Buffer }
  | { problem: 'timeout' | 'not_allowed' | 'unreachable' | 'too_many_redirects' | 'not_a_page' };

const MAX_REDIRECTS = 4;
/** What a page says of itself stands at its beginning; nothing after this is read. */
const MAX_BYTES = 512 * 1024;
const PAGE = /^\s*(text\/html|application\/xhtml\+xml)\s*(;|$)/i;

/**
 * Reads pages at addresses that anybody may name. Those inside the house are refused where the name is resolved, and the connection goes
 * to the very address that was looked at, so that a name cannot point elsewhere a moment later; each redirect is looked at likewise. Only
 * the usual ports, no cookie, no login, nothing compressed (a small answer cannot grow), and no more than what a page says of itself.
 */
@Injectable()
export class OutsidePages {
  /** Addresses (IP) inside the house that are read all the same: none in an installation. Tests name their own machine. */
  readonly allowed: string[] = [];
  /** For all of it: the name, each redirect, the last byte. */
  timeoutMs = 8000;

  /** Never throws. `mayRead` is asked of the address and of each that it leads to. */
  async read(address: URL, mayRead: (url: URL) => boolean): Promise<OutsidePage> {
    const signal = AbortSignal.timeout(this.timeoutMs);
    try {
      let url = address;
      for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
        if (!this.isUsual(url) || !mayRead(url)) return { problem: 'not_allowed' };
        const response = await this.ask(url, signal);
        const next = redirectOf(response, url);
        if (!next) return await pageOf(response);
        response.destroy();
        url = next;
      }
      return { problem: 'too_many_redirects' };
    } catch (error) {
      if (signal.aborted) return { problem: 'timeout' };
      return {
        problem: wasRefused(error) ? 'not_allowed' : 'unreachable',
      };
    }
  }

  private isUsual({ protocol, port, hostname, username, password }: URL): boolean {
    if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return false;
    return port === '' || this.allowed.includes(hostname);
  }

  private async ask(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
    const headers = {
      accept: 'text/html,application/xhtml+xml',
      'accept-encoding': 'identity',
      'user-agent': 'Cordee-LinkPreviews/1',
    };
    return await answerOf(url, this.allowed, { method: 'GET', headers, signal });
  }
}

/** Where an answer sends on to; null for one that does not. Throws for an address that is none. */
function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return null;
  return new URL(headers.location, from);
}

async function pageOf(response: IncomingMessage): Promise<OutsidePage> {
  const { statusCode = 0, headers } = response;
  const type = headers['content-type'] ?? '';
  const isPlain = /^\s*(identity)?\s*$/i.test(headers['content-encoding'] ?? '');
  if (statusCode < 200 || statusCode > 299 || !PAGE.test(type) || !isPlain) {
    response.destroy();
    return { problem: 'not_a_page' };
  }
  const pieces: Buffer[] = [];
  let length = 0;
  // Leaving the loop ends the connection.
  for await (const piece of response as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length >= MAX_BYTES) break;
  }
  return { problem: null, type, body: Buffer.concat(pieces).subarray(0, MAX_BYTES) };
}
