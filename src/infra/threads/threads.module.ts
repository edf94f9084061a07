import { Global, Module } from '@nestjs/common';
import { LongTexts } from './long-texts.js';
import { Threads } from './threads.js';

/** Gives threads to all rooms. */
@Global()
@Module({ providers: [LongTexts, Threads], exports: [LongTexts, Threads] })
export class ThreadsModule {}
