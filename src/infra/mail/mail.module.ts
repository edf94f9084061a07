import { Global, Module } from '@nestjs/common';
import { MailAddresses } from './mail-addresses.js';
import { MailReceiver } from './mail-receiver.js';
import { Mailer } from './mailer.js';

/** Gives the mailer, and what comes back by mail, to all rooms. */
@Global()
@Module({ providers: [MailAddresses, MailReceiver, Mailer], exports: [MailAddresses, MailReceiver, Mailer] })
export class MailModule {}
