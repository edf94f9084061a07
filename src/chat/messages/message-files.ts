import { Injectable } from '@nestjs/common';
import { type FileHolder, FileHolders } from '../../files/file-holders.js';
import type { FileRow } from '../../files/file.schema.js';
import { toId } from '../../infra/mongo/ids.js';
import { OwnPlaces } from '../channels/own-places.js';

/** Files of messages are read by who is in the channel now: being taken out closes them like all that was said. */
@Injectable()
export class MessageFiles implements FileHolder {
  constructor(
    holders: FileHolders,
    private readonly places: OwnPlaces,
  ) {
    holders.provide('message', this);
  }

  async mayRead(userId: string, { placeId }: NonNullable<FileRow['holder']>): Promise<boolean> {
    const user = toId(userId);
    return Boolean(user && (await this.places.find(placeId, user)));
  }
}
