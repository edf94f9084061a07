import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { FilesModule } from '../files/files.module.js';
import { OutsidePages } from '../infra/http/outside/outside-pages.js';
import { blockSchema } from './moderation/block.schema.js';
import { BlocksController } from './moderation/blocks.controller.js';
import { BlocksRepository } from './moderation/blocks.repository.js';
import { BlocksService } from './moderation/blocks.service.js';
import { ChannelAccess } from './channels/channel-access.js';
import { ChannelCalls } from './channels/channel-calls.service.js';
import { ChannelCopies } from './channels/channel-copies.js';
import { ChannelDirectory } from './channels/channel-directory.service.js';
import { ChannelMembersService } from './channels/channel-members.service.js';
import { ChannelRoom } from './channels/channel-room.js';
import { ChannelExportsController } from './exports/channel-exports.controller.js';
import { ChannelExports } from './exports/channel-exports.service.js';
import { ChannelFeed } from './live/channel-feed.js';
import { ChannelImporter } from './channels/channel-importer.js';
import { ChannelMembershipSync } from './channels/channel-membership-sync.js';
import { ChannelLists } from './channels/channel-lists.service.js';
import { channelMemberSchema } from './channels/channel-member.schema.js';
import { ChannelMembersRepository } from './channels/channel-members.repository.js';
import { ChannelNames } from './channels/channel-names.js';
import { ChannelRosters } from './channels/channel-rosters.js';
import { channelSchema } from './channels/channel.schema.js';
import { ChannelSync } from './live/channel-sync.js';
import { ChannelsReader } from './channels/channels-reader.js';
import { ChannelsController, CohortChannelsController } from './channels/channels.controller.js';
import { ChannelsRepository } from './channels/channels.repository.js';
import { ChannelsService } from './channels/channels.service.js';
import { ChatGateway } from './live/chat.gateway.js';
import { ChatKeeping } from './chat.keeping.js';
import { ChatSockets } from './live/chat.sockets.js';
import { DirectClosings } from './direct/direct-closings.js';
import { GroupNames } from './direct/group-names.js';
import { linkPageSchema } from './previews/link-page.schema.js';
import { LinkPagesRepository } from './previews/link-pages.repository.js';
import { LinkPages } from './previews/link-pages.service.js';
import { LinkPreviews } from './previews/link-previews.service.js';
import { MarksController } from './marks/marks.controller.js';
import { MessageFiles } from './messages/message-files.js';
import { MessageCalls } from './messages/message-calls.js';
import { MessageChanger } from './messages/message-changer.js';
import { messageEditSchema } from './messages/message-edit.schema.js';
import { MessageEditsRepository } from './messages/message-edits.repository.js';
import { MessageEditsService } from './messages/message-edits.service.js';
import { FoundMessages } from './search/found-messages.repository.js';
import { MessageFinder } from './search/message-finder.js';
import { MessagePreviews } from './previews/message-previews.js';
import { MessageImporter } from './messages/message-importer.js';
import { MessageReading } from './reading/message-reading.service.js';
import { messageSchema } from './messages/message.schema.js';
import { MessageLanes } from './messages/message-lanes.js';
import { MessageWriter } from './messages/message-writer.js';
import { MessagesController } from './messages/messages.controller.js';
import { MessageWalks } from './messages/message-walks.repository.js';
import { MessagesRepository } from './messages/messages.repository.js';
import { MessagesService } from './messages/messages.service.js';
import { OwnPlaces } from './channels/own-places.js';
import { OwnReading } from './reading/own-reading.js';
import { PresenceRegistry } from './presence/presence-registry.js';
import { PresenceChoice } from './presence/presence-choice.js';
import { ReportLists } from './moderation/report-lists.service.js';
import { reportSchema } from './moderation/report.schema.js';
import { ReportsReader } from './moderation/reports-reader.js';
import { MessageReportsController, ReportsController } from './moderation/reports.controller.js';
import { ReportsRepository } from './moderation/reports.repository.js';
import { ReportsService } from './moderation/reports.service.js';
import { Retention } from './retention/retention.service.js';
import { savedMessageSchema } from './marks/saved-message.schema.js';
import { SavedMessagesRepository } from './marks/saved-messages.repository.js';
import { SavedMessages } from './marks/saved-messages.service.js';
import { StandingsController } from './presence/standings.controller.js';
import { StandingsService } from './presence/standings.service.js';
import { TeamChannelsOfChat } from './channels/team-channels-of-chat.js';
import { TextNames } from './messages/text-names.js';
import { ThreadBroadcasts } from './threads/thread-broadcasts.js';
import { threadFollowerSchema } from './threads/thread-follower.schema.js';
import { ThreadFollowersRepository } from './threads/thread-followers.repository.js';
import { ThreadController, ThreadsController } from './threads/threads.controller.js';
import { ThreadsService } from './threads/threads.service.js';
import { TypingRegistry } from './live/typing-registry.js';
import { Unread } from './reading/unread.js';

/** Channels and messages. */
@Module({
  imports: [
    AuthModule,
    CohortsModule,
    FilesModule,
    MongooseModule.forFeature([
      { name: 'Block', schema: blockSchema },
      { name: 'Channel', schema: channelSchema },
      { name: 'ChannelMember', schema: channelMemberSchema },
      { name: 'LinkPage', schema: linkPageSchema },
      { name: 'Message', schema: messageSchema },
      { name: 'MessageEdit', schema: messageEditSchema },
      { name: 'MessageReport', schema: reportSchema },
      { name: 'SavedMessage', schema: savedMessageSchema },
      { name: 'ThreadFollower', schema: threadFollowerSchema },
    ]),
  ],
  controllers: [
    CohortChannelsController,
    ChannelsController,
    ChannelExportsController,
    MessagesController,
    MarksController,
    ThreadsController,
    ThreadController,
    StandingsController,
    BlocksController,
    MessageReportsController,
    ReportsController,
  ],
  providers: [
    BlocksRepository,
    BlocksService,
    ChannelAccess,
    ChannelCalls,
    ChannelCopies,
    ChannelDirectory,
    ChannelMembersService,
    ChannelRoom,
    ChannelExports,
    ChannelFeed,
    ChannelImporter,
    ChannelMembershipSync,
    ChannelLists,
    ChannelMembersRepository,
    ChannelNames,
    ChannelRosters,
    ChannelsReader,
    ChannelsRepository,
    ChannelsService,
    ChatGateway,
    ChatKeeping,
    ChatSockets,
    DirectClosings,
    GroupNames,
    LinkPages,
    LinkPagesRepository,
    LinkPreviews,
    MessageCalls,
    MessageChanger,
    MessageEditsRepository,
    MessageEditsService,
    MessageFiles,
    FoundMessages,
    MessageFinder,
    MessagePreviews,
    MessageImporter,
    ChannelSync,
    MessageReading,
    MessageLanes,
    MessageWriter,
    MessageWalks,
    MessagesRepository,
    MessagesService,
    OutsidePages,
    OwnPlaces,
    OwnReading,
    PresenceRegistry,
    Retention,
    PresenceChoice,
    ReportLists,
    ReportsReader,
    ReportsRepository,
    ReportsService,
    SavedMessages,
    SavedMessagesRepository,
    StandingsService,
    TeamChannelsOfChat,
    TextNames,
    ThreadBroadcasts,
    ThreadFollowersRepository,
    ThreadsService,
    TypingRegistry,
    Unread,
  ],
  exports: [
    BlocksService,
    ChannelCopies,
    ChannelImporter,
    ReportsReader,
    ChannelMembershipSync,
    ChannelLists,
    ChannelNames,
    ChannelsReader,
    ChannelsService,
    MessageFinder,
    SavedMessages,
    MessageImporter,
    MessagePreviews,
    MessagesService,
    MessageReading,
    StandingsService,
    TextNames,
    ThreadsService,
  ],
})
export class ChatModule {}
