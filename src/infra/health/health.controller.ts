import { Controller, Get, HttpCode, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { collectDefaultMetrics, register } from 'prom-client';
import { notFound } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import { Public } from '../http/access.js';
import { isFromThisMachine } from '../http/network.js';
import { Uncounted } from '../http/write-limit.guard.js';
import { Readiness } from './readiness.js';

/** For orchestration and monitoring. */
@ApiTags('operation')
@Controller()
@Public()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    if (!register.getSingleMetric('process_cpu_seconds_total')) collectDefaultMetrics();
  }

  @Get('healthz')
  @Uncounted()
  @HttpCode(200)
  healthz() {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Uncounted()
  async readyz(@Res({ passthrough: true }) reply: FastifyReply) {
    const { ready, parts } = await this.readiness.check();
    void reply.status(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'not ready', parts };
  }

  @Get('metrics')
  async metrics(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    if (!this.mayRead(request)) throw notFound();
    void reply.type(register.contentType);
    return await register.metrics();
  }

  /**
   * By the token of METRICS_TOKEN (RFC 6750 section 2.1). From this machine as well where no proxy can stand before the process: one that adds no header
   * would open the door to all who ask it.
   */
  private mayRead(request: FastifyRequest): boolean {
    const { METRICS_TOKEN: token, NODE_ENV, TRUST_PROXY } = this.config;
    const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token !== '' && given !== undefined && isSame(given, token)) return true;
    return NODE_ENV !== 'production' && TRUST_PROXY === 'off' && isFromThisMachine(request);
  }
}

/** In a time that tells nothing of the token. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(a, b);
}
