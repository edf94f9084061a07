import { Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { CONFIG, type Config } from '../../../config/config.js';
import { answerOf, wasRefused } from './guarded-agent.js';

/** What came of a request to an address that somebody gave us. Without an answer `problem` says why. */
export interface OutsideAnswer {
  status: number | null;
  problem: 'timeout' | 'not_allowed' | 'unreachable' | null;
  /** How long it took. */
  ms: number;
}

/** What came of reading an address: its text, when `status` is 200 and nothing was wrong. */
export interface OutsideText {
  status: number | null;
  problem: OutsideAnswer['problem'] | 'too_large' | 'too_many_redirects';
  /** Whether another address than the one given answered, or should have. */
  redirected: boolean;
  text: string;
  etag: string | null;
  lastModified: string | null;
}

/** How long reading may last in all (real time), and how much may come. */
export interface OutsideLimits {
  timeoutMs: number;
  mostBytes: number;
}

interface Asking {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string | Buffer;
  signal: AbortSignal;
}

const TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 4;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

class TooLarge extends Error {}
class NotAllowed extends Error {}

/**
 * Requests to addresses that people give. Those inside the house (private, loopback, link-local, metadata services) are refused where
 * the name is resolved, so that a name cannot point elsewhere a moment later. What is sent follows no redirect and reads no answer; what
 * is read follows a few, each refused like an address that somebody gave.
 */
@Injectable()
export class Outside {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** True where plain HTTP may be used: an address that the installation names as allowed. */
  allows(url: URL): boolean {
    return url.protocol === 'https:' || this.config.OUTSIDE_ALLOW.includes(url.hostname);
  }

  /** Never throws: what goes wrong is in the answer. */
  async post(url: URL, headers: Record<string, string>, body: string | Buffer): Promise<OutsideAnswer> {
    const began = Date.now();
    const done = (status: number | null, problem: OutsideAnswer['problem']) => ({
      status,
      problem,
      ms: Date.now() - began,
    });
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await this.ask(url, { method: 'POST', headers, body, signal });
      response.destroy();
      return done(response.statusCode ?? null, null);
    } catch (error) {
      return done(null, problemOf(error, signal));
    }
  }

  /** Reads a text. Never throws: what goes wrong is in the answer. */
  async read(url: URL, headers: Record<string, string>, { timeoutMs, mostBytes }: OutsideLimits): Promise<OutsideText> {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer: OutsideText = {
      status: null,
      problem: null,
      redirected: false,
      text: '',
      etag: null,
      lastModified: null,
    };
    try {
      for (let at = url, redirects = 0; ; redirects += 1) {
        if (redirects > MAX_REDIRECTS) return { ...answer, problem: 'too_many_redirects' };
        answer.redirected = redirects > 0;
        const response = await this.ask(at, { method: 'GET', headers, signal });
        const { statusCode: status = 0, headers: said } = response;
        if (REDIRECTS.has(status) && said.location !== undefined) {
          response.destroy();
          at = new URL(said.location, at);
          continue;
        }
        const text = status === 200 ? await textOf(response, mostBytes) : '';
        response.destroy();
        return { ...answer, status, text, etag: said.etag ?? null, lastModified: said['last-modified'] ?? null };
      }
    } catch (error) {
      return { ...answer, problem: error instanceof TooLarge ? 'too_large' : problemOf(error, signal) };
    }
  }

  /** The answer when its head has come. */
  private async ask(url: URL, { method, headers, body, signal }: Asking): Promise<IncomingMessage> {
    if (!this.allows(url)) throw new NotAllowed();
    const length = body !== undefined && { 'content-length': String(Buffer.byteLength(body)) };
    return await answerOf(url, this.config.OUTSIDE_ALLOW, { method, headers: { ...headers, ...length }, signal }, body);
  }
}

async function textOf(response: IncomingMessage, mostBytes: number): Promise<string> {
  if (Number(response.headers['content-length'] ?? 0) > mostBytes) throw new TooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function problemOf(error: unknown, signal: AbortSignal): OutsideAnswer['problem'] {
  if (signal.aborted) return 'timeout';
  return error instanceof NotAllowed || wasRefused(error) ? 'not_allowed' : 'unreachable';
}
