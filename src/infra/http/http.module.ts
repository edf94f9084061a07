import { Module } from '@nestjs/common';
import { DevMailController } from './dev-mail.controller.js';

/** Routes that belong to no room. */
@Module({ controllers: [DevMailController] })
export class HttpModule {}
