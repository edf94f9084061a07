import type { ClientSession, Types } from 'mongoose';

/** Addresses that anybody who holds them reads without a login: a person's calendar feeds. The agenda room, which comes later in the house, keeps them. */
export abstract class OpenAddresses {
  /** Ends all of a person, within the transaction that gives their account back to them: whoever had it may hold them. */
  abstract endAll(userId: Types.ObjectId, session: ClientSession): Promise<void>;
}

/** The port that the agenda room takes when the app is put together. */
export class OpenAddressesPort extends OpenAddresses {
  private provider: OpenAddresses | undefined;

  provide(provider: OpenAddresses): void {
    this.provider = provider;
  }

  override async endAll(userId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.provider?.endAll(userId, session);
  }
}
