import { Module } from '@nestjs/common';
import { DevMailController } from './dev-mail.controller.js';
import { GracefulStop } from './graceful-stop.js';

/** Routes that belong to no room, and the end of all of them. */
@Module({ controllers: [DevMailController], providers: [GracefulStop] })
export class HttpModule {}
