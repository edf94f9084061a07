import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { AskingController } from './asking/asking.controller.js';
import { AskingService } from './asking/asking.service.js';
import { topicAskSchema } from './asking/topic-ask.schema.js';
import { TopicAsksReader } from './asking/topic-asks.reader.js';
import { TopicAsksRepository } from './asking/topic-asks.repository.js';
import { CommonsCarrying } from './commons/commons-carrying.js';
import { FilesModule } from '../files/files.module.js';
import { PostFiles } from './attachments/post-files.js';
import { DraftEnds } from './drafts/draft-ends.js';
import { forumDraftSchema } from './drafts/draft.schema.js';
import { DraftsController } from './drafts/drafts.controller.js';
import { DraftsRepository } from './drafts/drafts.repository.js';
import { ForumDrafts } from './drafts/forum-drafts.service.js';
import { BookmarkEnds } from './bookmarks/bookmark-ends.js';
import { BookmarkList } from './bookmarks/bookmark-list.js';
import { bookmarkSchema } from './bookmarks/bookmark.schema.js';
import { BookmarksController } from './bookmarks/bookmarks.controller.js';
import { BookmarksRepository } from './bookmarks/bookmarks.repository.js';
import { Bookmarks } from './bookmarks/bookmarks.service.js';
import { WakingPort } from './bookmarks/waking.port.js';
import { FollowingsRepository } from './followings.repository.js';
import { ForumTexts } from './forum-texts.js';
import { ForumsBroadcasts } from './forums.broadcasts.js';
import { ForumsPresenter } from './forums.presenter.js';
import { DeletedEnds } from './deleting/deleted-ends.js';
import { DeletedTopicsRepository } from './deleting/deleted-topics.repository.js';
import { DeletedTopics } from './deleting/deleted-topics.service.js';
import { EmptiedTopics } from './deleting/emptied-topics.js';
import { PostDeleting } from './deleting/post-deleting.service.js';
import { FlagCasesRepository } from './flags/flag-cases.repository.js';
import { FlagCases } from './flags/flag-cases.service.js';
import { FlagDecisions } from './flags/flag-decisions.service.js';
import { FlagSettling } from './flags/flag-settling.js';
import { Flagging } from './flags/flagging.service.js';
import { FlagsController } from './flags/flags.controller.js';
import { flagCaseSchema, openFlagCaseSchema, postFlagSchema } from './flags/post-flag.schema.js';
import { PostFlagsRepository } from './flags/post-flags.repository.js';
import { ForumFeedEnds } from './feeds/forum-feed-ends.js';
import { forumFeedSchema } from './feeds/forum-feed.schema.js';
import { ForumFeedsController } from './feeds/forum-feeds.controller.js';
import { ForumFeedsRepository } from './feeds/forum-feeds.repository.js';
import { ForumFeeds } from './feeds/forum-feeds.service.js';
import { ShownForumFeeds } from './feeds/shown-forum-feeds.js';
import { ForumFinder } from './finding/forum-finder.js';
import { FoundRepository } from './finding/found.repository.js';
import { ForumExportsController } from './exports/forum-exports.controller.js';
import { ForumExports } from './exports/forum-exports.service.js';
import { ImportedPeopleOfForum } from './importing/imported-people-of-forum.js';
import { ImportedTopicsRepository } from './importing/imported-topics.repository.js';
import { TopicImporter } from './importing/topic-importer.js';
import { PostEditing } from './history/post-editing.service.js';
import { postVersionSchema } from './history/post-version.schema.js';
import { PostVersionsRepository } from './history/post-versions.repository.js';
import { ForumLevelsService } from './levels/forum-levels.service.js';
import { forumLevelSchema } from './levels/level.schema.js';
import { LevelsController } from './levels/levels.controller.js';
import { LevelsRepository } from './levels/levels.repository.js';
import { TopicLevels } from './levels/topic-levels.js';
import { OpinionsService } from './opinions.service.js';
import { postSchema, postVoteSchema, topicSubscriptionSchema } from './post.schema.js';
import { TopicPages } from './pages/topic-pages.service.js';
import { PostVotesRepository } from './votes/post-votes.repository.js';
import { PollsController } from './polls/polls.controller.js';
import { Polls } from './polls/polls.service.js';
import { pollVoteSchema } from './polls/poll.schema.js';
import { PollVotesRepository } from './polls/poll-votes.repository.js';
import { PostQuotes } from './quotes/post-quotes.service.js';
import { PostsController } from './posts.controller.js';
import { PostsRepository } from './posts.repository.js';
import { PostsService } from './posts.service.js';
import { OwnLists } from './lists/own-lists.js';
import { PinnedFirst } from './lists/pinned-first.js';
import { AnswerAsking } from './moderation/answer-asking.js';
import { DuplicatesService } from './moderation/duplicates.service.js';
import { ModerationController } from './moderation/moderation.controller.js';
import { MovedPlaces } from './moderation/moved-places.js';
import { MovesRepository } from './moderation/moves.repository.js';
import { MovingService } from './moderation/moving.service.js';
import { PostCarrying } from './moderation/post-carrying.js';
import { StandsRepository } from './moderation/stands.repository.js';
import { topicActSchema } from './moderation/topic-act.schema.js';
import { TopicActsRepository } from './moderation/topic-acts.repository.js';
import { TopicDeeds } from './moderation/topic-deeds.js';
import { TopicStatesRepository } from './moderation/topic-states.repository.js';
import { TopicStates } from './moderation/topic-states.service.js';
import { TopicTrail } from './moderation/topic-trail.service.js';
import { OwnFollowing } from './reading/own-following.js';
import { TopicReaders } from './reading/topic-readers.js';
import { TopicReading } from './reading/topic-reading.service.js';
import { UnreadPosts } from './reading/unread-posts.js';
import { AcceptedPostsRepository } from './thanks/accepted-posts.repository.js';
import { GivenAnswersService } from './thanks/given-answers.service.js';
import { ThanksController } from './thanks/thanks.controller.js';
import { forumSettingSchema } from './settings/forum-setting.schema.js';
import { ForumSettingsController } from './settings/forum-settings.controller.js';
import { ForumSettingsRepository } from './settings/forum-settings.repository.js';
import { ForumSettings } from './settings/forum-settings.service.js';
import { slowTurnSchema } from './slow/slow-turn.schema.js';
import { SlowTopics } from './slow/slow-topics.service.js';
import { SlowTurns } from './slow/slow-turns.js';
import { SlowTurnsRepository } from './slow/slow-turns.repository.js';
import { SimilarController } from './similar/similar.controller.js';
import { AnsweredTopics } from './similar/answered-topics.js';
import { topicOfferSchema } from './similar/topic-offer.schema.js';
import { TopicOffersRepository } from './similar/topic-offers.repository.js';
import { SimilarTopics } from './similar/similar-topics.js';
import { TagWordsRepository } from './similar/tag-words.repository.js';
import { tagWordsSchema } from './similar/tag-words.schema.js';
import { TagWordsService } from './similar/tag-words.service.js';
import { ThreadQuotes } from './threads/thread-quotes.service.js';
import { ThreadsPort } from './threads/threads.js';
import { TopicThreadsRepository } from './threads/topic-threads.repository.js';
import { TopicOpening } from './topic-opening.service.js';
import { topicSchema, topicThreadSchema } from './topic.schema.js';
import { TopicsController } from './topics.controller.js';
import { DigestRowsRepository } from './digest/digest-rows.repository.js';
import { ForumDigests } from './digest/forum-digests.js';
import { LinkedTopics } from './linked-topics.js';
import { TopicsReader } from './topics-reader.js';
import { TopicsRepository } from './topics.repository.js';
import { TopicsService } from './topics.service.js';
import { WikisController } from './wiki/wikis.controller.js';
import { Wikis } from './wiki/wikis.service.js';
import { WorkshopsPort } from './workshops.port.js';

/** Questions and answers of a cohort. */
@Module({
  imports: [
    AuthModule,
    CohortsModule,
    FilesModule,
    MongooseModule.forFeature([
      { name: 'Topic', schema: topicSchema },
      { name: 'TopicAct', schema: topicActSchema },
      { name: 'SlowTurn', schema: slowTurnSchema },
      { name: 'TopicThread', schema: topicThreadSchema },
      { name: 'Post', schema: postSchema },
      { name: 'PostVersion', schema: postVersionSchema },
      { name: 'PostVote', schema: postVoteSchema },
      { name: 'PollVote', schema: pollVoteSchema },
      { name: 'PostFlag', schema: postFlagSchema },
      { name: 'FlagCase', schema: flagCaseSchema },
      { name: 'OpenFlagCase', schema: openFlagCaseSchema },
      { name: 'TopicAsk', schema: topicAskSchema },
      { name: 'TopicOffer', schema: topicOfferSchema },
      { name: 'ForumDraft', schema: forumDraftSchema },
      { name: 'ForumBookmark', schema: bookmarkSchema },
      { name: 'ForumFeed', schema: forumFeedSchema },
      { name: 'ForumSetting', schema: forumSettingSchema },
      { name: 'ForumLevel', schema: forumLevelSchema },
      { name: 'TagWords', schema: tagWordsSchema },
      { name: 'TopicSubscription', schema: topicSubscriptionSchema },
    ]),
  ],
  // What has a name of its own stands before the topics, whose ids could be anything.
  controllers: [
    SimilarController,
    TopicsController,
    PostsController,
    FlagsController,
    PollsController,
    LevelsController,
    DraftsController,
    WikisController,
    ModerationController,
    ThanksController,
    AskingController,
    BookmarksController,
    ForumFeedsController,
    ForumSettingsController,
    ForumExportsController,
  ],
  providers: [
    AcceptedPostsRepository,
    AskingService,
    BookmarkEnds,
    BookmarkList,
    Bookmarks,
    BookmarksRepository,
    CommonsCarrying,
    DeletedEnds,
    DeletedTopics,
    DeletedTopicsRepository,
    FlagCases,
    FlagCasesRepository,
    FlagDecisions,
    FlagSettling,
    Flagging,
    AnswerAsking,
    DuplicatesService,
    EmptiedTopics,
    FollowingsRepository,
    GivenAnswersService,
    ImportedPeopleOfForum,
    ImportedTopicsRepository,
    TopicImporter,
    DraftEnds,
    DraftsRepository,
    ForumDrafts,
    ForumExports,
    ForumFeedEnds,
    ForumFeeds,
    ForumFeedsRepository,
    ShownForumFeeds,
    ForumFinder,
    ForumLevelsService,
    ForumSettings,
    ForumSettingsRepository,
    ForumTexts,
    ForumsBroadcasts,
    ForumsPresenter,
    FoundRepository,
    LevelsRepository,
    MovedPlaces,
    MovesRepository,
    MovingService,
    OpinionsService,
    PinnedFirst,
    PollVotesRepository,
    Polls,
    PostCarrying,
    PostDeleting,
    PostEditing,
    OwnFollowing,
    OwnLists,
    PostFiles,
    PostFlagsRepository,
    PostQuotes,
    PostVersionsRepository,
    PostVotesRepository,
    PostsRepository,
    PostsService,
    StandsRepository,
    AnsweredTopics,
    TopicOffersRepository,
    SimilarTopics,
    SlowTopics,
    SlowTurns,
    SlowTurnsRepository,
    TagWordsRepository,
    TagWordsService,
    ThreadQuotes,
    ThreadsPort,
    TopicAsksReader,
    TopicAsksRepository,
    TopicActsRepository,
    TopicDeeds,
    TopicStates,
    TopicStatesRepository,
    TopicTrail,
    TopicLevels,
    TopicOpening,
    TopicPages,
    TopicReaders,
    TopicReading,
    TopicThreadsRepository,
    DigestRowsRepository,
    ForumDigests,
    LinkedTopics,
    TopicsReader,
    TopicsRepository,
    TopicsService,
    UnreadPosts,
    WakingPort,
    Wikis,
    WorkshopsPort,
  ],
  exports: [
    AnsweredTopics,
    Bookmarks,
    CommonsCarrying,
    ImportedPeopleOfForum,
    ForumFinder,
    TopicImporter,
    PostsService,
    ThreadQuotes,
    ThreadsPort,
    TopicAsksReader,
    TopicPages,
    TopicReaders,
    ForumDigests,
    LinkedTopics,
    TopicsReader,
    TopicsService,
    WakingPort,
    WorkshopsPort,
  ],
})
export class ForumsModule {}
