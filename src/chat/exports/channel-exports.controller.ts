import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import contentDisposition from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { FilesCookie } from '../../auth/tokens/files-cookie.js';
import { parse } from '../../common/validation.js';
import { ChannelExportQuery } from '../../contracts/chat/chat.js';
import { Public } from '../../infra/http/access.js';
import { Shows } from '../../infra/http/shown.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { ChannelExports } from './channel-exports.service.js';

const EXPORTS = { name: 'chat-export', points: 10, seconds: 600 };

/** A channel as a file, opened by the files cookie as any download. Never shown as a page of ours. */
@ApiExcludeController()
@Controller('files/channels')
@Public()
@Shows(FilesCookie)
export class ChannelExportsController {
  constructor(
    private readonly exports: ChannelExports,
    private readonly cookie: FilesCookie,
    private readonly limits: RateLimits,
  ) {}

  @Get(':channelId/export.json')
  async json(@Param('channelId') channelId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { userId, channel } = await this.asked(channelId, request, reply);
    const pieces = this.exports.inLine(userId, channel, this.exports.json(channel));
    await send(reply, `${channel.name}.json`, 'application/json', pieces);
  }

  @Get(':channelId/export.html')
  async html(
    @Param('channelId') channelId: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { userId, channel } = await this.asked(channelId, request, reply);
    const pieces = this.exports.html(channel, parse(ChannelExportQuery, query));
    await send(reply, `${channel.name}.html`, 'text/html', this.exports.inLine(userId, channel, pieces));
  }

  private async asked(channelId: string, request: FastifyRequest, reply: FastifyReply) {
    const userId = await this.cookie.reader(request, reply);
    await this.limits.take(EXPORTS, userId);
    return { userId, channel: await this.exports.channelFor(userId, channelId) };
  }
}

async function send(reply: FastifyReply, name: string, type: string, pieces: AsyncGenerator<string>): Promise<void> {
  await reply
    .headers({
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': contentDisposition(name),
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .send(Readable.from(pieces));
}
