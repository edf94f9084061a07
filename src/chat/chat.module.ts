import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { FilesModule } from '../files/files.module.js';
import { OutsidePages } from '../infra/http/outside-pages.js';
import { blockSchema } from './block.schema.js';
import { BlocksController } from './blocks.controller.js';
import { BlocksRepository } from './blocks.repository.js';
import { BlocksService } from './blocks.service.js';
import { ChannelAccess } from './channel-access.js';
import { ChannelCalls } from './channel-calls.service.js';
import { ChannelDirectory } from './channel-directory.service.js';
import { ChannelDoor } from './channel-door.js';
import { ChannelExportsController } from './channel-exports.controller.js';
import { ChannelExports } from './channel-exports.service.js';
import { ChannelFeed } from './channel-feed.js';
import { ChannelImporter } from './channel-importer.js';
import { ChannelKeeper } from './channel-keeper.js';
import { ChannelLists } from './channel-lists.service.js';
import { channelMemberSchema } from './channel-member.schema.js';
import { ChannelMembersRepository } from './channel-members.repository.js';
import { ChannelNames } from './channel-names.js';
import { ChannelRosters } from './channel-rosters.js';
import { channelSchema } from './channel.schema.js';
import { ChannelSync } from './channel-sync.js';
import { ChannelsReader } from './channels-reader.js';
import { ChannelsController, CohortChannelsController } from './channels.controller.js';
import { ChannelsRepository } from './channels.repository.js';
import { ChannelsService } from './channels.service.js';
import { ChatGateway } from './chat.gateway.js';
import { ChatKeeping } from './chat.keeping.js';
import { ChatSockets } from './chat.sockets.js';
import { DirectClosings } from './direct-closings.js';
import { GroupNames } from './group-names.js';
import { linkPageSchema } from './link-page.schema.js';
import { LinkPagesRepository } from './link-pages.repository.js';
import { LinkPages } from './link-pages.service.js';
import { LinkPreviews } from './link-previews.service.js';
import { MarksController } from './marks.controller.js';
import { MessageFiles } from './message-files.js';
import { MessageChanger } from './message-changer.js';
import { messageEditSchema } from './message-edit.schema.js';
import { MessageEditsRepository } from './message-edits.repository.js';
import { MessageEditsService } from './message-edits.service.js';
import { MessageFinder } from './message-finder.js';
import { MessagePreviewsController } from './message-previews.controller.js';
import { MessagePreviewing } from './message-previews.service.js';
import { MessageImporter } from './message-importer.js';
import { MessageReading } from './message-reading.service.js';
import { messageSchema } from './message.schema.js';
import { MessageWriter } from './message-writer.js';
import { MessagesController } from './messages.controller.js';
import { MessageWalks } from './message-walks.repository.js';
import { MessagesRepository } from './messages.repository.js';
import { MessagesService } from './messages.service.js';
import { OwnPlaces } from './own-places.js';
import { OwnReading } from './own-reading.js';
import { PresenceBoard } from './presence-board.js';
import { PresenceChoice } from './presence-choice.js';
import { ReportLists } from './report-lists.service.js';
import { reportSchema } from './report.schema.js';
import { ReportsReader } from './reports-reader.js';
import { MessageReportsController, ReportsController } from './reports.controller.js';
import { ReportsRepository } from './reports.repository.js';
import { ReportsService } from './reports.service.js';
import { Retention } from './retention.service.js';
import { savedMessageSchema } from './saved-message.schema.js';
import { SavedMessagesRepository } from './saved-messages.repository.js';
import { SavedMessages } from './saved-messages.service.js';
import { StandingsController } from './standings.controller.js';
import { StandingsService } from './standings.service.js';
import { TeamChannelsOfChat } from './team-channels-of-chat.js';
import { TextNames } from './text-names.js';
import { ThreadBroadcasts } from './thread-broadcasts.js';
import { threadFollowerSchema } from './thread-follower.schema.js';
import { ThreadFollowersRepository } from './thread-followers.repository.js';
import { ThreadController, ThreadsController } from './threads.controller.js';
import { ThreadsService } from './threads.service.js';
import { TypingBoard } from './typing-board.js';
import { Unread } from './unread.js';
import { UntoldMessages } from './untold-messages.js';

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
    MessagePreviewsController,
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
    ChannelDirectory,
    ChannelDoor,
    ChannelExports,
    ChannelFeed,
    ChannelImporter,
    ChannelKeeper,
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
    MessageChanger,
    MessageEditsRepository,
    MessageEditsService,
    MessageFiles,
    MessageFinder,
    MessagePreviewing,
    MessageImporter,
    ChannelSync,
    MessageReading,
    MessageWriter,
    MessageWalks,
    MessagesRepository,
    MessagesService,
    OutsidePages,
    OwnPlaces,
    OwnReading,
    PresenceBoard,
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
    TypingBoard,
    Unread,
    UntoldMessages,
  ],
  exports: [
    BlocksService,
    ChannelImporter,
    ReportsReader,
    ChannelKeeper,
    ChannelLists,
    ChannelNames,
    ChannelsReader,
    ChannelsService,
    MessageFinder,
    MessageImporter,
    MessagesService,
    MessageReading,
    StandingsService,
    TextNames,
    ThreadsService,
    UntoldMessages,
  ],
})
export class ChatModule {}
