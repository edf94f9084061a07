import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import type { DigestSection, PreferenceKind, Preferences } from '../../contracts/notifications/notifications.js';
import { together } from '../../infra/mongo/together.js';
import { DEFAULT_PREFERENCES, GROUPS } from './preferences.js';
import type { PreferencesRow } from './preferences.schema.js';

/** The only user of the `preferences` collection. */
@Injectable()
export class PreferencesRepository {
  constructor(@InjectModel('Preferences') private readonly preferences: Model<PreferencesRow>) {}

  async of(userId: Types.ObjectId): Promise<Preferences> {
    return toPreferences(await together(this.preferences.findById(userId).lean<PreferencesRow>()));
  }

  /** Of many people; who never chose is in it with the defaults. */
  async ofAll(userIds: readonly Types.ObjectId[]): Promise<Map<string, Preferences>> {
    const rows = await together(this.preferences.find({ _id: { $in: userIds } }).lean<PreferencesRow[]>());
    const chosen = new Map(rows.map((row) => [String(row._id), row]));
    return new Map(userIds.map((id) => [String(id), toPreferences(chosen.get(String(id)) ?? null)]));
  }

  /** What is not among the choices stays as it is. */
  async save(userId: Types.ObjectId, { kinds, ...choices }: Preferences, session: ClientSession): Promise<void> {
    const ways = Object.entries(kinds).flatMap(([kind, chosen]) =>
      Object.entries(chosen).map(([way, isOn]) => [`kinds.${kind}.${way}`, isOn] as const),
    );
    const chosen = [...ways, ...Object.entries<unknown>(choices)].filter(([, value]) => value !== undefined);
    await this.preferences.updateOne({ _id: userId }, { $set: Object.fromEntries(chosen) }, { session, upsert: true });
  }

  /** Switches off the mails of one group; the rest stays as it is. */
  async stopMail(userId: Types.ObjectId, group: PreferenceKind, session: ClientSession): Promise<void> {
    const { kinds, quietHours } = DEFAULT_PREFERENCES;
    // Two steps, since a path and its parent cannot be set by one upsert.
    await this.preferences.updateOne(
      { _id: userId },
      { $setOnInsert: { kinds, quietHours } },
      { session, upsert: true },
    );
    await this.preferences.updateOne({ _id: userId }, { $set: { [`kinds.${group}.mail`]: false } }, { session });
  }

  /** No digest any more; the rest stays as it is. Who never chose has none. */
  async stopDigest(userId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.preferences.updateOne({ _id: userId }, { $set: { digest: null } }, { session });
  }

  /** Leaves a section out of the digest that somebody has; the rest stays as it is. */
  async leaveOut(userId: Types.ObjectId, section: DigestSection, session: ClientSession): Promise<void> {
    await this.preferences.updateOne(
      { _id: userId, digest: { $ne: null } },
      { $addToSet: { 'digest.without': section } },
      { session },
    );
  }
}

function toPreferences(row: PreferencesRow | null): Preferences {
  if (!row) return DEFAULT_PREFERENCES;
  const { kinds, quietHours, quietWeekend = quietHours !== null, invitations = true } = row;
  const { digest = DEFAULT_PREFERENCES.digest, mailsPerDay = DEFAULT_PREFERENCES.mailsPerDay } = row;
  const chosen = GROUPS.map((group) => [group, { ...DEFAULT_PREFERENCES.kinds[group], ...kinds[group] }] as const);
  return {
    kinds: Object.fromEntries(chosen) as Preferences['kinds'],
    ...{ quietHours, quietWeekend, digest, mailsPerDay, invitations },
  };
}
