import type { OnApplicationBootstrap } from '@nestjs/common';

/**
 * What a room asks of one that comes later in the house, and that it cannot import. The later room provides who answers while the app is put
 * together; without anybody the app does not start.
 */
export abstract class Port<Provider extends object> implements OnApplicationBootstrap {
  private answering: Provider | undefined;

  /** Called by the room that answers. */
  provide(provider: Provider): void {
    this.answering = provider;
  }

  /** Who answers. Throws where nobody does. */
  get provider(): Provider {
    if (!this.answering) throw new Error(`Nobody answers ${this.constructor.name}: the room that does is not there.`);
    return this.answering;
  }

  onApplicationBootstrap(): void {
    void this.provider;
  }
}
