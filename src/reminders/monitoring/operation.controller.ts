import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../contracts/reminders/operation.js';
import { AdminOnly } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { OperationService } from './operation.service.js';

/** How the installation is doing. */
@ApiTags('operation')
@Controller('api/operation')
export class OperationController {
  constructor(private readonly operation: OperationService) {}

  @Get()
  @AdminOnly()
  @Replies(Operation)
  now() {
    return this.operation.now();
  }
}
