import { Injectable } from '@nestjs/common';
import { Resolver } from 'node:dns/promises';

const ASK = { timeout: 2000, tries: 2 };

/** Asks the DNS for what domains say of their mail. */
@Injectable()
export class MailDns {
  private readonly resolver = new Resolver(ASK);

  /** The records, as `dns.resolve` gives them; throws an error with its `code` (`ENOTFOUND`, `ENODATA`, or one that may pass). */
  async resolve(name: string, type: string): Promise<unknown> {
    return await this.resolver.resolve(name, type);
  }
}
