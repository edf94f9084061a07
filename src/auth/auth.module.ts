import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { PassportModule } from '@nestjs/passport';
import { WriteLimitGuard } from '../infra/http/write-limit.guard.js';
import { AccessGuard } from './access.guard.js';
import { AccountActs } from './accounts/account-acts.repository.js';
import { accountActSchema } from './accounts/account-act.schema.js';
import { AccountsRepository } from './accounts/accounts.repository.js';
import { AccessTokens } from './access-tokens.js';
import { AccountEnds } from './account-ends.js';
import { AccountMails } from './account-mails.js';
import { AccountService } from './account.service.js';
import { AttemptLimits } from './attempt-limits.js';
import { AuthController } from './auth.controller.js';
import { AuthGateway } from './auth.gateway.js';
import { AvatarFilesController } from './avatar-files.controller.js';
import { Avatars } from './avatars.js';
import { Devices } from './devices.js';
import { FilesCookie } from './files-cookie.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LinkTokens } from './link-tokens.js';
import { PersonLinks } from './person-links.js';
import { loginSchema } from './login.schema.js';
import { LoginsRepository } from './logins.repository.js';
import { LoginsService } from './logins.service.js';
import { mailRequestSchema } from './mail-request.schema.js';
import { MailRequestsRepository } from './mail-requests.repository.js';
import { MeController } from './me.controller.js';
import { MeService } from './me.service.js';
import { MembershipsSeat } from './memberships-of.js';
import { OpenAddressesSeat } from './open-addresses.js';
import { People } from './people.js';
import { MyStanding } from './my-standing.service.js';
import { MyStandingController } from './my-standing.controller.js';
import { Revocations } from './revocations.js';
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
    AccountMails,
    AccountsRepository,
    AccountService,
    AttemptLimits,
    AuthGateway,
    Avatars,
    Devices,
    FilesCookie,
    JwtStrategy,
    LinkTokens,
    PersonLinks,
    LoginsRepository,
    LoginsService,
    MailRequestsRepository,
    MembershipsSeat,
    MeService,
    MyStanding,
    OpenAddressesSeat,
    People,
    Revocations,
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
    MembershipsSeat,
    MeService,
    OpenAddressesSeat,
    People,
    Revocations,
    UsersRepository,
  ],
})
export class AuthModule {}
