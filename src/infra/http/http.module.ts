import { Global, Module } from '@nestjs/common';
import { DevMailController } from './dev-mail.controller.js';
import { FormLimits } from './form-limits.js';
import { GracefulStop } from './graceful-stop.js';
import { SecondLook } from './second-look.js';

/** Routes that belong to no room, and the end of all of them. */
@Global()
@Module({
  controllers: [DevMailController],
  providers: [FormLimits, GracefulStop, SecondLook],
  exports: [FormLimits, SecondLook],
})
export class HttpModule {}
