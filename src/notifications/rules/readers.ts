import { Injectable } from '@nestjs/common';
import { type Profile, UsersRepository } from '../../auth/users.repository.js';
import { BatchPerKey } from '../../common/batch-per-key.js';
import type { Preferences } from '../../contracts/notifications/notifications.js';
import { toIds } from '../../infra/mongo/ids.js';
import { PreferencesRepository } from './preferences.repository.js';

/** Who reads something, and how they want to be reached. */
export interface ReaderChoices {
  reader: Profile;
  preferences: Preferences;
}

/** People as readers; those asked for while others are being read are read together. */
@Injectable()
export class Readers {
  private readonly reads = new BatchPerKey<string, ReaderChoices | null>((_, userIds) => this.all(userIds));

  constructor(
    private readonly users: UsersRepository,
    private readonly preferences: PreferencesRepository,
  ) {}

  /** As they are now; null for nobody we know, and for whose account is closed: they are told nothing. */
  async of(userId: string): Promise<ReaderChoices | null> {
    return await this.reads.ask('people', userId);
  }

  /** In the order of the ids. */
  async all(userIds: readonly string[]): Promise<(ReaderChoices | null)[]> {
    const ids = toIds([...new Set(userIds)]);
    const [people, preferences] = await Promise.all([this.users.profiles(ids), this.preferences.ofAll(ids)]);
    const byId = new Map(people.filter(({ ended }) => !ended).map((person) => [String(person._id), person]));
    return userIds.map((userId) => {
      const [reader, chosen] = [byId.get(userId), preferences.get(userId)];
      return reader && chosen ? { reader, preferences: chosen } : null;
    });
  }
}
