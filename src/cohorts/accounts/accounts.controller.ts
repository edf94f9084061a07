import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../auth/current-actor.js';
import type { Actor } from '../../common/actor.js';
import { Account, AccountAct, AccountsQuery, DeactivateAccount } from '../../contracts/auth/accounts.js';
import { Id, PageQuery, page } from '../../contracts/primitives.js';
import { AdminOnly } from '../../infra/http/access.js';
import { Replies } from '../../infra/http/replies.js';
import { AccountLists } from './account-lists.service.js';
import { Accounts } from './accounts.service.js';

/** The accounts of the installation. */
@ApiTags('admin')
@Controller('api/admin/people')
@AdminOnly()
export class AccountsController {
  constructor(
    private readonly lists: AccountLists,
    private readonly accounts: Accounts,
  ) {}

  @Get()
  @Replies(page(Account))
  list(@CurrentActor() actor: Actor, @Query({ schema: AccountsQuery }) query: AccountsQuery) {
    return this.lists.page(actor, query);
  }

  @Get('acts')
  @Replies(page(AccountAct))
  log(@Query({ schema: PageQuery }) query: PageQuery) {
    return this.lists.log(query);
  }

  @Get(':userId')
  @Replies(Account)
  get(@CurrentActor() actor: Actor, @Param('userId', { schema: Id }) userId: string) {
    return this.lists.get(actor, userId);
  }

  @Post(':userId/deactivate')
  @Replies(Account)
  async deactivate(
    @CurrentActor() actor: Actor,
    @Param('userId', { schema: Id }) userId: string,
    @Body({ schema: DeactivateAccount }) body: DeactivateAccount,
  ) {
    await this.accounts.deactivate(actor.userId, userId, body.reason);
    return await this.lists.get(actor, userId);
  }

  @Post(':userId/reactivate')
  @Replies(Account)
  async reactivate(@CurrentActor() actor: Actor, @Param('userId', { schema: Id }) userId: string) {
    await this.accounts.reactivate(actor.userId, userId);
    return await this.lists.get(actor, userId);
  }

  @Put(':userId/admin')
  @Replies(Account)
  async makeAdmin(@CurrentActor() actor: Actor, @Param('userId', { schema: Id }) userId: string) {
    await this.accounts.makeAdmin(actor.userId, userId);
    return await this.lists.get(actor, userId);
  }

  @Delete(':userId/admin')
  @Replies(Account)
  async takeAdmin(@CurrentActor() actor: Actor, @Param('userId', { schema: Id }) userId: string) {
    await this.accounts.takeAdmin(actor.userId, userId);
    return await this.lists.get(actor, userId);
  }
}
