import { Inject, Injectable } from '@nestjs/common';
import http from 'node:http';
import https from 'node:https';
import { CONFIG, type Config } from '../../config/config.js';
import { guardedAgent, wasRefused } from './guarded-agent.js';

/** What came of a request to an address that somebody gave us. Without an answer `problem` says why. */
export interface OutsideAnswer {
  status: number | null;
  problem: 'timeout' | 'not_allowed' | 'unreachable' | null;
  /** How long it took. */
  ms: number;
}

const TIMEOUT_MS = 10_000;

/**
 * Requests to addresses that people give. Those inside the house (private, loopback, link-local, metadata services) are refused where
 * the name is resolved, so that a name cannot point elsewhere a moment later; redirects are not followed; answers are not read.
 */
@Injectable()
export class Outside {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** True where plain HTTP may be used: an address that the installation names as allowed. */
  allows(url: URL): boolean {
    return url.protocol === 'https:' || this.config.OUTSIDE_ALLOW.includes(url.hostname);
  }

  /** Never throws: what goes wrong is in the answer. */
  async post(url: URL, headers: Record<string, string>, body: string): Promise<OutsideAnswer> {
    const began = Date.now();
    const done = (status: number | null, problem: OutsideAnswer['problem']) => ({
      status,
      problem,
      ms: Date.now() - began,
    });
    if (!this.allows(url)) return done(null, 'not_allowed');
    const agent = await guardedAgent(url, this.config.OUTSIDE_ALLOW);
    return await new Promise((resolve) => {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const failed = (error: Error) => {
        if (signal.aborted) resolve(done(null, 'timeout'));
        else resolve(done(null, wasRefused(error) ? 'not_allowed' : 'unreachable'));
      };
      try {
        const request = (url.protocol === 'https:' ? https : http).request(url, {
          method: 'POST',
          agent,
          headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
          signal,
        });
        request.on('error', failed);
        request.on('response', (response) => {
          resolve(done(response.statusCode ?? null, null));
          response.destroy();
        });
        request.end(body);
      } catch (error) {
        failed(error as Error);
      }
    });
  }
}
