import type { Membership } from '../contracts/auth/auth.js';

/** Where a person belongs. The cohorts room, which comes later in the house, provides it to `me`. */
export abstract class MembershipsOf {
  abstract list(userId: string): Promise<Membership[]>;
}

/** The port that the cohorts room takes when the app is put together. */
export class MembershipsPort extends MembershipsOf {
  private provider: MembershipsOf | undefined;

  provide(provider: MembershipsOf): void {
    this.provider = provider;
  }

  override async list(userId: string): Promise<Membership[]> {
    return (await this.provider?.list(userId)) ?? [];
  }
}
