import { Global, Module } from '@nestjs/common';
import { ThreadsModule } from '../threads/threads.module.js';
import { MailAddresses } from './mail-addresses.js';
import { MailDns } from './mail-dns.js';
import { MailReader } from './mail-reader.js';
import { MailReceiver } from './mail-receiver.js';
import { Mailer } from './mailer.js';

/** Gives the mailer, and what comes back by mail, to all rooms. */
@Global()
@Module({
  imports: [ThreadsModule],
  providers: [MailAddresses, MailDns, MailReader, MailReceiver, Mailer],
  exports: [MailAddresses, MailReceiver, Mailer],
})
export class MailModule {}
