import { Injectable } from '@nestjs/common';

/** Where the teams of projects talk. The chat room, which comes later in the house, provides it to the projects. */
export abstract class TeamChannels {
  /** The channel of each of these projects that the person may read, by project id. */
  abstract readableBy(userId: string, projectIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** The port that the chat room takes when the app is put together; nobody has a channel until then. */
@Injectable()
export class TeamChannelsPort extends TeamChannels {
  private provider: TeamChannels | undefined;

  provide(provider: TeamChannels): void {
    this.provider = provider;
  }

  override async readableBy(userId: string, projectIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return (await this.provider?.readableBy(userId, projectIds)) ?? new Map();
  }
}
