import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AlertKind } from '../../contracts/reminders/operation.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import type { AlertEpisodeRow } from './alert-episode.schema.js';
import { CALM_MS, type Trouble } from './alert-rules.js';

/** The only user of `reminder-alerts`. Of all processes that look, one begins an episode and one ends it: each write is guarded by how it stands. */
@Injectable()
export class AlertEpisodes {
  constructor(@InjectModel('AlertEpisode') private readonly episodes: Model<AlertEpisodeRow>) {}

  /** It is wrong now: the open episode goes on, else one begins. */
  async wrong({ kind, ...figures }: Trouble, now: Date): Promise<void> {
    const goesOn = await this.episodes.updateOne({ _id: kind, open: true }, { $set: { wellSince: null } });
    if (goesOn.matchedCount > 0) return;
    const begun = { open: true, startedAt: now, ...figures, wellSince: null, toTell: 'start' as const };
    try {
      await this.episodes.updateOne({ _id: kind, open: false }, { $set: begun }, { upsert: true });
    } catch (error) {
      // Another process has begun it at the same moment: its row is in the way.
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** It is well now: the open episode ends once that has lasted. */
  async well(kind: AlertKind, now: Date): Promise<void> {
    await this.episodes.updateOne({ _id: kind, open: true, wellSince: null }, { $set: { wellSince: now } });
    const longAgo = new Date(now.getTime() - CALM_MS);
    await this.episodes.updateOne(
      { _id: kind, open: true, wellSince: { $lte: longAgo } },
      { $set: { open: false, toTell: 'end' } },
    );
  }

  /** The last episode of each kind. */
  async all(): Promise<AlertEpisodeRow[]> {
    return await this.episodes.find({ _id: { $in: AlertKind.options } }).lean<AlertEpisodeRow[]>();
  }

  /** Admins were told of it; what became of it meanwhile is still to be told. */
  async told({ _id, startedAt, toTell }: AlertEpisodeRow): Promise<void> {
    await this.episodes.updateOne({ _id, startedAt, toTell }, { $set: { toTell: null } });
  }
}
