import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import type { PreferenceKind, Preferences } from '../contracts/notifications.js';
import { type ChangePlace, type PersonChange, changesSince } from '../infra/mongo/changes.js';
import { DEFAULT_PREFERENCES } from './preferences.js';
import type { PreferencesRow } from './preferences.schema.js';

/** The only user of the `preferences` collection. */
@Injectable()
export class PreferencesRepository {
  constructor(@InjectModel('Preferences') private readonly preferences: Model<PreferencesRow>) {}

  async of(userId: Types.ObjectId): Promise<Preferences> {
    return toPreferences(await this.preferences.findById(userId).lean<PreferencesRow>());
  }

  /** Of many people; who never chose is in it with the defaults. */
  async ofAll(userIds: readonly Types.ObjectId[]): Promise<Map<string, Preferences>> {
    const rows = await this.preferences.find({ _id: { $in: userIds } }).lean<PreferencesRow[]>();
    const chosen = new Map(rows.map((row) => [String(row._id), row]));
    return new Map(userIds.map((id) => [String(id), toPreferences(chosen.get(String(id)) ?? null)]));
  }

  async save(userId: Types.ObjectId, { kinds, quietHours, invitations }: Preferences, at: Date): Promise<void> {
    const chosen = { kinds, quietHours, ...(invitations !== undefined && { invitations }), changedAt: at };
    await this.preferences.updateOne({ _id: userId }, { $set: chosen }, { upsert: true });
  }

  /** Who chose anew after a place (an instant, and an id within it), the oldest change first. */
  async changedSince(since: ChangePlace, limit: number): Promise<PersonChange[]> {
    return await changesSince(this.preferences.collection, since, limit);
  }

  /** Switches off the mails of one group; the rest stays as it is. */
  async stopMail(userId: Types.ObjectId, group: PreferenceKind, at: Date): Promise<void> {
    const { kinds, quietHours } = DEFAULT_PREFERENCES;
    // Two steps, since a path and its parent cannot be set by one upsert.
    await this.preferences.updateOne(
      { _id: userId },
      { $setOnInsert: { kinds, quietHours, changedAt: at } },
      { upsert: true },
    );
    await this.preferences.updateOne({ _id: userId }, { $set: { [`kinds.${group}.mail`]: false, changedAt: at } });
  }
}

function toPreferences(row: PreferencesRow | null): Preferences {
  if (!row) return DEFAULT_PREFERENCES;
  const { kinds, quietHours, invitations = true } = row;
  return { kinds: { ...DEFAULT_PREFERENCES.kinds, ...kinds }, quietHours, invitations };
}
