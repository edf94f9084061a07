import { Controller, Get, HttpCode, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BlockList } from 'node:net';
import { collectDefaultMetrics, register } from 'prom-client';
import { notFound } from '../../common/problem.js';
import { Public } from '../http/access.js';
import { Readiness } from './readiness.js';

/** Addresses inside a house network. */
const inside = new BlockList();
inside.addSubnet('127.0.0.0', 8);
inside.addSubnet('10.0.0.0', 8);
inside.addSubnet('172.16.0.0', 12);
inside.addSubnet('192.168.0.0', 16);
inside.addAddress('::1', 'ipv6');
inside.addSubnet('fc00::', 7, 'ipv6');

/** For orchestration and monitoring. */
@ApiTags('operation')
@Controller()
@Public()
export class HealthController {
  constructor(private readonly readiness: Readiness) {
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
    void reply.status(ready ? 200 : 503).header('cache-control', 'no-store');
    return { status: ready ? 'ready' : 'not ready', parts };
  }

  @Get('metrics')
  async metrics(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    if (!isFromInside(request)) throw notFound();
    void reply.type(register.contentType);
    return await register.metrics();
  }
}

/**
 * Asked from the network of the process itself, and not through a proxy: what a proxy passes on comes from an address inside as well,
 * and whether its headers are believed (TRUST_PROXY) must not decide who sees the metrics.
 */
function isFromInside({ headers, socket }: FastifyRequest): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined || headers.via !== undefined)
    return false;
  const address = socket.remoteAddress ?? '';
  return inside.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}
