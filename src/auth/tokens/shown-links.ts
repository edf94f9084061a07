import { Inject, Injectable, applyDecorators } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { digestOf } from '../../common/secrets.js';
import { CONFIG, type Config } from '../../config/config.js';
import { type Recogniser, Shows, tokenOf } from '../../infra/http/shown.js';
import { MADE_UP, StrangersCount } from '../../infra/http/write-limit.guard.js';
import { refreshTokenOf } from './cookies.js';
import { type LinkPurpose, LinkTokens } from './link-tokens.js';

/** A name of a login in a refresh token: its id. What follows is new each time. */
const ID_LENGTH = 24;

/** Knows the links of our mails by their MAC. */
@Injectable()
export class ShownLinks implements Recogniser {
  constructor(private readonly links: LinkTokens) {}

  recognise(request: FastifyRequest, purposes: readonly LinkPurpose[]): string | null {
    const token = tokenOf(request);
    for (const purpose of purposes) {
      const id = this.links.verify(purpose, token);
      if (id !== null) return digestOf(`${purpose}:${id}`);
    }
    return null;
  }
}

/** Knows who stays signed in by the MAC of their refresh token, an old one too. */
@Injectable()
export class ShownLogin implements Recogniser {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly links: LinkTokens,
  ) {}

  recognise(request: FastifyRequest): string | null {
    return this.links.verify('refresh', refreshTokenOf(request, this.config) ?? '')?.slice(0, ID_LENGTH) ?? null;
  }
}

/** A route by the link of a mail: a good one counts by itself, and what is made up at the place it comes from, with nothing else that strangers do there. */
export const ByLink = (...purposes: LinkPurpose[]) =>
  applyDecorators(Shows(ShownLinks, ...purposes), StrangersCount(MADE_UP));
