import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { Bookmark, BookmarkMarks, KeptBookmarks, SetBookmark } from '../../contracts/forum-bookmarks.js';
import { PageQuery } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { BookmarkList } from './bookmark-list.js';
import { Bookmarks } from './bookmarks.service.js';

/** What I keep of the forum. */
@ApiTags('forum')
@Controller('api/cohorts/:cohortId')
@InCohort()
export class BookmarksController {
  constructor(
    private readonly bookmarks: Bookmarks,
    private readonly list: BookmarkList,
  ) {}

  @Get('bookmarks')
  @InLine()
  @Replies(KeptBookmarks)
  page(@CurrentCohortActor() actor: CohortActor, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.list.page(actor, query);
  }

  @Get('bookmarks/marks')
  @Replies(BookmarkMarks)
  marks(@CurrentCohortActor() actor: CohortActor) {
    return this.bookmarks.marks(actor);
  }

  @Get('bookmarks/:bookmarkId')
  @Replies(Bookmark)
  get(@CurrentCohortActor() actor: CohortActor, @Param('bookmarkId') bookmarkId: string) {
    return this.bookmarks.get(actor, bookmarkId);
  }

  @Delete('bookmarks/:bookmarkId')
  @RepliesNothing()
  remove(@CurrentCohortActor() actor: CohortActor, @Param('bookmarkId') bookmarkId: string) {
    return this.bookmarks.remove(actor, bookmarkId);
  }

  @Put('topics/:topicId/bookmark')
  @Replies(Bookmark)
  keepTopic(
    @CurrentCohortActor() actor: CohortActor,
    @Param('topicId') topicId: string,
    @Body({ schema: SetBookmark }) body: SetBookmark,
  ) {
    return this.bookmarks.keepTopic(actor, topicId, body);
  }

  @Put('posts/:postId/bookmark')
  @Replies(Bookmark)
  keepPost(
    @CurrentCohortActor() actor: CohortActor,
    @Param('postId') postId: string,
    @Body({ schema: SetBookmark }) body: SetBookmark,
  ) {
    return this.bookmarks.keepPost(actor, postId, body);
  }
}
