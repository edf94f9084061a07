import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthModule } from '../auth/auth.module.js';
import { CallsModule } from '../calls/calls.module.js';
import { CohortsModule } from '../cohorts/cohorts.module.js';
import { FilesModule } from '../files/files.module.js';
import { AssignmentController } from './assignment/assignment.controller.js';
import { AssignmentService } from './assignment/assignment.service.js';
import { JoiningJuriesController } from './jurors/joining-juries.controller.js';
import { JoiningJuries } from './jurors/joining-juries.service.js';
import { JurorMails } from './jurors/juror-mails.js';
import { jurorSchema } from './jurors/juror.schema.js';
import { JurorsController } from './jurors/jurors.controller.js';
import { JurorsRepository } from './jurors/jurors.repository.js';
import { KnownJurors } from './jurors/known-jurors.js';
import { JurorsService } from './jurors/jurors.service.js';
import { ResultsController } from './results/results.controller.js';
import { ResultsService } from './results/results.service.js';
import { MyReviewsController } from './reviews/my-reviews.controller.js';
import { MyReviewsService } from './reviews/my-reviews.service.js';
import { ReviewErasing } from './reviews/review-erasing.js';
import { ReviewPresenter } from './reviews/review.presenter.js';
import { reviewSchema } from './reviews/review.schema.js';
import { ReviewsRepository } from './reviews/reviews.repository.js';
import { StepFiles } from './steps/step-files.js';
import { stepSchema } from './steps/step.schema.js';
import { StepsController } from './steps/steps.controller.js';
import { StepsRepository } from './steps/steps.repository.js';
import { StepsService } from './steps/steps.service.js';

/** Who reads what was handed in to a call, what they write of it, and what that comes to. */
@Module({
  imports: [
    AuthModule,
    CallsModule,
    CohortsModule,
    FilesModule,
    MongooseModule.forFeature([
      { name: 'SelectionStep', schema: stepSchema },
      { name: 'Juror', schema: jurorSchema },
      { name: 'Review', schema: reviewSchema },
    ]),
  ],
  controllers: [
    StepsController,
    JurorsController,
    JoiningJuriesController,
    AssignmentController,
    ResultsController,
    MyReviewsController,
  ],
  providers: [
    AssignmentService,
    JoiningJuries,
    JurorMails,
    JurorsRepository,
    JurorsService,
    KnownJurors,
    MyReviewsService,
    ResultsService,
    ReviewErasing,
    ReviewPresenter,
    ReviewsRepository,
    StepFiles,
    StepsRepository,
    StepsService,
  ],
  exports: [JurorsRepository, KnownJurors, ReviewsRepository, StepsRepository],
})
export class ReviewsModule {}
