import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { ForumsModule } from '../forums/forums.module.js';
import { CommonsController } from './commons.controller.js';
import { CommonsPresenter } from './commons.presenter.js';
import { CommonsReader } from './commons.reader.js';
import {
  commonsAskSchema,
  commonsFlagSchema,
  commonsHeldSchema,
  commonsPostSchema,
  commonsTopicSchema,
} from './commons.schema.js';
import { CommonsAnswers } from './answers/commons-answers.js';
import { CommonsFlagging } from './flags/commons-flagging.js';
import { CommonsFlagsRepository } from './flags/commons-flags.repository.js';
import { CommonsHeldRepository } from './flags/commons-held.repository.js';
import { CommonsHolding } from './flags/commons-holding.js';
import { CommonsAsksRepository } from './opening/commons-asks.repository.js';
import { CommonsOpeningController } from './opening/commons-opening.controller.js';
import { CommonsOpening } from './opening/commons-opening.js';
import { CommonsStandings } from './opening/commons-standings.js';
import { CommonsPostsRepository } from './posts/commons-posts.repository.js';
import { CommonsWriting } from './posts/commons-writing.js';
import { CommonsOrigins } from './topics/commons-origins.js';
import { CommonsSettling } from './topics/commons-settling.js';
import { CommonsTopicsRepository } from './topics/commons-topics.repository.js';
import { CommonsTopics } from './topics/commons-topics.service.js';

/** What cohorts opened to all cohorts and alumni of the installation. It has rows of its own: nothing of a cohort is read from here. */
@Module({
  imports: [
    AuthModule,
    CohortsModule,
    ForumsModule,
    MongooseModule.forFeature([
      { name: 'CommonsTopic', schema: commonsTopicSchema },
      { name: 'CommonsPost', schema: commonsPostSchema },
      { name: 'CommonsAsk', schema: commonsAskSchema },
      { name: 'CommonsFlag', schema: commonsFlagSchema },
      { name: 'CommonsHeld', schema: commonsHeldSchema },
    ]),
  ],
  controllers: [CommonsController, CommonsOpeningController],
  providers: [
    CommonsAnswers,
    CommonsAsksRepository,
    CommonsFlagging,
    CommonsFlagsRepository,
    CommonsHeldRepository,
    CommonsHolding,
    CommonsOpening,
    CommonsOrigins,
    CommonsPostsRepository,
    CommonsPresenter,
    CommonsReader,
    CommonsSettling,
    CommonsStandings,
    CommonsTopics,
    CommonsTopicsRepository,
    CommonsWriting,
  ],
  exports: [CommonsReader],
})
export class CommonsModule {}
