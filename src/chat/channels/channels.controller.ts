import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor } from '../../auth/current-actor.js';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { Actor, CohortActor } from '../../common/actor.js';
import {
  BrowseChannels,
  Channel,
  ChannelEntry,
  ChannelGroups,
  ChannelSummary,
  CreateChannel,
  MarkRead,
  MuteChannel,
  WatchChannel,
  OpenDirect,
  ReadState,
  SetRetention,
  StarChannel,
  StartedCall,
  UpdateChannel,
} from '../../contracts/chat/chat.js';
import { page } from '../../contracts/primitives.js';
import { InCohort, SignedIn } from '../../infra/http/access.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { ChannelCalls } from './channel-calls.service.js';
import { ChannelDirectory } from './channel-directory.service.js';
import { ChannelLists } from './channel-lists.service.js';
import { ChannelsService } from './channels.service.js';
import { GroupNames } from '../direct/group-names.js';
import { MessageReading } from '../reading/message-reading.service.js';
import { Retention } from '../retention/retention.service.js';

const AnyId = z.string();

/** The channels of a cohort that I am in. */
@ApiTags('chat')
@Controller('api/cohorts/:cohortId/channels')
@InCohort()
export class CohortChannelsController {
  constructor(
    private readonly channels: ChannelsService,
    private readonly lists: ChannelLists,
    private readonly directory: ChannelDirectory,
  ) {}

  @Get()
  @Replies(page(ChannelSummary))
  async list(@CurrentCohortActor() actor: CohortActor) {
    return { items: await this.lists.of(actor.userId, actor.cohortId), nextCursor: null };
  }

  @Get('browse')
  @Replies(page(ChannelEntry))
  browse(@CurrentCohortActor() actor: CohortActor, @Query({ schema: BrowseChannels }) query: BrowseChannels) {
    return this.directory.page(actor, query);
  }

  @Get(':channelId')
  @Replies(ChannelEntry)
  entry(@CurrentCohortActor() actor: CohortActor, @Param('channelId', { schema: AnyId }) channelId: string) {
    return this.directory.one(actor, channelId);
  }

  @Post()
  @Replies(Channel, 201)
  create(@CurrentCohortActor() actor: CohortActor, @Body({ schema: CreateChannel }) body: CreateChannel) {
    return this.channels.create(actor, body);
  }
}

/** All my channels, of all cohorts and between people. */
@ApiTags('chat')
@Controller('api')
@SignedIn()
export class ChannelsController {
  constructor(
    private readonly channels: ChannelsService,
    private readonly lists: ChannelLists,
    private readonly reading: MessageReading,
    private readonly calls: ChannelCalls,
    private readonly retention: Retention,
    private readonly groups: GroupNames,
  ) {}

  @Get('channels')
  @Replies(page(ChannelSummary))
  async list(@CurrentActor() actor: Actor) {
    return { items: await this.lists.of(actor.userId), nextCursor: null };
  }

  @Post('direct')
  @Replies(Channel)
  openDirect(@CurrentActor() actor: Actor, @Body({ schema: OpenDirect }) body: OpenDirect) {
    return this.channels.openDirect(actor, body);
  }

  @Get('channels/:channelId')
  @Replies(Channel)
  get(@CurrentActor() actor: Actor, @Param('channelId', { schema: AnyId }) channelId: string) {
    return this.lists.one(actor, channelId);
  }

  @Patch('channels/:channelId')
  @Replies(Channel)
  update(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Body({ schema: UpdateChannel }) body: UpdateChannel,
  ) {
    return this.channels.update(actor, channelId, body);
  }

  @Get('channels/:channelId/groups')
  @Replies(ChannelGroups)
  groupsOf(@CurrentActor() actor: Actor, @Param('channelId', { schema: AnyId }) channelId: string) {
    return this.groups.list(actor, channelId);
  }

  @Put('channels/:channelId/read')
  @Replies(ReadState)
  read(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Body({ schema: MarkRead }) body: MarkRead,
  ) {
    return this.reading.markRead(actor, channelId, body.seq, true);
  }

  @Put('channels/:channelId/retention')
  @RepliesNothing()
  retain(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Body({ schema: SetRetention }) body: SetRetention,
  ) {
    return this.retention.set(actor, channelId, body);
  }

  @Post('channels/:channelId/calls')
  @Replies(StartedCall)
  call(@CurrentActor() actor: Actor, @Param('channelId', { schema: AnyId }) channelId: string) {
    return this.calls.start(actor, channelId);
  }

  @Put('channels/:channelId/muted')
  @RepliesNothing()
  mute(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Body({ schema: MuteChannel }) body: MuteChannel,
  ) {
    return this.channels.mute(actor, channelId, body.muted);
  }

  @Put('channels/:channelId/watched')
  @RepliesNothing()
  watch(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Body({ schema: WatchChannel }) body: WatchChannel,
  ) {
    return this.channels.watch(actor, channelId, body.watched);
  }

  @Put('channels/:channelId/starred')
  @RepliesNothing()
  star(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Body({ schema: StarChannel }) body: StarChannel,
  ) {
    return this.channels.star(actor, channelId, body.starred);
  }

  @Put('channels/:channelId/members/:userId')
  @RepliesNothing()
  addMember(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('userId', { schema: AnyId }) userId: string,
  ) {
    return this.channels.addMember(actor, channelId, userId);
  }

  @Delete('channels/:channelId/members/:userId')
  @RepliesNothing()
  removeMember(
    @CurrentActor() actor: Actor,
    @Param('channelId', { schema: AnyId }) channelId: string,
    @Param('userId', { schema: AnyId }) userId: string,
  ) {
    return this.channels.removeMember(actor, channelId, userId);
  }
}
