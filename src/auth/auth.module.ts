import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { PassportModule } from '@nestjs/passport';
import { WriteLimitGuard } from '../infra/http/write-limit.guard.js';
import { AccessGuard } from './access.guard.js';
import { AccountActs } from './accounts/account-acts.repository.js';
import { accountActSchema } from './accounts/account-act.schema.js';
import { AccountsRepository } from './accounts/accounts.repository.js';
import { AccessTokens } from './tokens/access-tokens.js';
import { AccountEnds } from './account-ends.js';
import { AccountLinks } from './account-links.js';
import { AccountMails } from './account-mails.js';
import { AccountService } from './account.service.js';
import { AddressUndo } from './address-undo.service.js';
import { AttemptLimits } from './logins/attempt-limits.js';
import { AuthController } from './auth.controller.js';
import { AuthGateway } from './auth.gateway.js';
import { AvatarFilesController } from './profile/avatar-files.controller.js';
import { Avatars } from './profile/avatars.js';
import { Devices } from './tokens/devices.js';
import { FilesCookie } from './tokens/files-cookie.js';
import { GivingBack } from './giving-back.js';
import { JwtStrategy } from './tokens/jwt.strategy.js';
import { LinkTokens } from './tokens/link-tokens.js';
import { PersonLinks } from './tokens/person-links.js';
import { loginSchema } from './logins/login.schema.js';
import { LoginsRepository } from './logins/logins.repository.js';
import { LoginsService } from './logins/logins.service.js';
import { mailRequestSchema } from './mail-request.schema.js';
import { MailRequestsRepository } from './mail-requests.repository.js';
import { MeController } from './profile/me.controller.js';
import { MeService } from './profile/me.service.js';
import { MembershipsPort } from './memberships-of.js';
import { People } from './people.js';
import { MyStanding } from './profile/my-standing.service.js';
import { MyStandingController } from './profile/my-standing.controller.js';
import { Revocations } from './tokens/revocations.js';
import { ShownLinks, ShownLogin } from './tokens/shown-links.js';
import { userSchema } from './user.schema.js';
import { UsersRepository } from './users.repository.js';

/** Who you are. */
@Module({
  imports: [
    PassportModule,
    MongooseModule.forFeature([
      { name: 'User', schema: userSchema },
      { name: 'Login', schema: loginSchema },
      { name: 'MailRequest', schema: mailRequestSchema },
      { name: 'AccountAct', schema: accountActSchema },
    ]),
  ],
  controllers: [AuthController, MeController, MyStandingController, AvatarFilesController],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: WriteLimitGuard },
    AccessTokens,
    AccountEnds,
    AccountActs,
    AccountLinks,
    AccountMails,
    AccountsRepository,
    AccountService,
    AddressUndo,
    AttemptLimits,
    AuthGateway,
    Avatars,
    Devices,
    FilesCookie,
    GivingBack,
    JwtStrategy,
    LinkTokens,
    PersonLinks,
    LoginsRepository,
    LoginsService,
    MailRequestsRepository,
    MembershipsPort,
    MeService,
    MyStanding,
    People,
    Revocations,
    ShownLinks,
    ShownLogin,
    UsersRepository,
  ],
  exports: [
    AccessTokens,
    AccountActs,
    AccountMails,
    AccountService,
    AccountsRepository,
    FilesCookie,
    LinkTokens,
    PersonLinks,
    LoginsService,
    MailRequestsRepository,
    MembershipsPort,
    MeService,
    People,
    Revocations,
    UsersRepository,
  ],
})
export class AuthModule {}
