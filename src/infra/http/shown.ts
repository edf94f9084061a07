import { SetMetadata, type Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/**
 * Knows what only we can have given: the token of a link, a cookie, an address that is a secret. A request that brings one without a login is somebody's: limits
 * count it by what it shows, so that a stranger at the same address keeps nobody from it.
 */
export interface Recogniser {
  /** What it shows, by a name of its own; null where that is none of ours. `kinds`: as the route says. */
  recognise(request: FastifyRequest, kinds: readonly string[]): string | null | Promise<string | null>;
}

/** Metadata key of {@link Shows}. */
export const SHOWN = 'cordee:shown';

/** What a route that is open to all is shown. */
export interface Shown {
  by: Type<Recogniser>;
  kinds: readonly string[];
}

/** A route that is open to all, and to which something is shown that we gave. */
export const Shows = (by: Type<Recogniser>, ...kinds: string[]) => SetMetadata(SHOWN, { by, kinds } satisfies Shown);

const known = new WeakMap<FastifyRequest, string>();

/** From now on it is known what a request shows of ours, by its own name. */
export const showsOurs = (request: FastifyRequest, shown: string): unknown => known.set(request, shown);

/** What a request shows of ours ({@link showsOurs}); undefined where it shows nothing, or nobody asked. */
export const shownIn = (request: FastifyRequest): string | undefined => known.get(request);

/** The token that a request brings, in its path or its body; empty where there is none. */
export function tokenOf({ params, body }: FastifyRequest): string {
  for (const from of [params, body]) {
    const token = typeof from === 'object' && from !== null && 'token' in from ? from.token : undefined;
    if (typeof token === 'string') return token;
  }
  return '';
}
