import { Controller, Get, HttpCode, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { collectDefaultMetrics, register } from 'prom-client';
import { notFound } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import { Public } from '../http/access.js';
import { isThisMachine } from '../http/network.js';
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
  @HttpCode(200)
  healthz() {
    return { status: 'ok' };
  }

  @Get('readyz')
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

  /** By the token of METRICS_TOKEN (RFC 6750 section 2.1), or from this machine. */
  private mayRead(request: FastifyRequest): boolean {
    const { METRICS_TOKEN: token } = this.config;
    const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    return (token !== '' && given !== undefined && isSame(given, token)) || isFromThisMachine(request);
  }
}

/**
 * Asked on this machine, and not through a proxy: what a proxy passes on may come from this machine as well. A header can only close
 * the door, and whether headers are believed (TRUST_PROXY) decides nothing here.
 */
function isFromThisMachine({ headers, socket }: FastifyRequest): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined || headers.via !== undefined)
    return false;
  return isThisMachine(socket.remoteAddress ?? '');
}

/** In a time that tells nothing of the token. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(a, b);
}
