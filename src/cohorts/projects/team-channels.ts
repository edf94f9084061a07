import { Injectable } from '@nestjs/common';
import { Port } from '../../common/port.js';

/** Where the teams of projects talk. The chat room, which comes later in the house, provides it to the projects. */
export abstract class TeamChannels {
  /** The channel of each of these projects that the person may read, by project id. */
  abstract readableBy(userId: string, projectIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Answered by the chat room. */
@Injectable()
export class TeamChannelsPort extends Port<TeamChannels> {}
