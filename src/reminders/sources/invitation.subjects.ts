import { Injectable } from '@nestjs/common';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { type InvitedFacts, InvitationLetters } from '../../cohorts/invitations/invitation-letters.js';
import { toIds } from '../../infra/mongo/ids.js';
import { DEFAULT_PREFERENCES } from '../../notifications/rules/preferences.js';
import type { LoadedSubject, SubjectRef, SubjectSource } from './subject-source.js';

/** Invitations that nobody has used: the invited address is reminded by mail, without an account. The row's person is the invitation. */
@Injectable()
export class InvitationSubjects implements SubjectSource {
  readonly type = 'invitation' as const;
  readonly followsCohort = true;

  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly letters: InvitationLetters,
  ) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    const [invited, cohorts] = await Promise.all([
      this.letters.invited(refs.map((ref) => ref.id)),
      this.cohorts.byIds(toIds([...new Set(refs.map((ref) => ref.cohortId))])),
    ]);
    const running = new Map(cohorts.filter(({ state }) => state === 'running').map((one) => [String(one._id), one]));
    return invited.map((one): LoadedSubject => {
      const cohort = running.get(one.cohortId);
      return {
        ...{ type: this.type, id: one.id, cohortId: one.cohortId, title: one.email, titleKey: null },
        // Sent again, it counts from then.
        revision: Math.floor(one.sentAt.getTime() / 1000),
        isLive: one.isOpen && cohort !== undefined,
        time: { askedAt: one.sentAt, waitingSince: one.sentAt },
        people: [{ userId: one.id, why: 'invited' }],
        content: () => ({ params: {}, link: '/' }),
        outside: this.outsideOf(one, cohort?.timeZone ?? 'UTC'),
      };
    });
  }

  /** Whoever has an account is not waited for. */
  ofPerson(): Promise<SubjectRef[]> {
    return Promise.resolve([]);
  }

  async ofCohort(cohortId: string): Promise<SubjectRef[]> {
    const ids = await this.letters.openIn(cohortId);
    return ids.map((id) => ({ type: this.type, id, cohortId }));
  }

  private outsideOf({ id, name }: InvitedFacts, timeZone: string): LoadedSubject['outside'] {
    return {
      name,
      recipient: { timeZone, quietHours: DEFAULT_PREFERENCES.quietHours, channels: ['mail'] },
      letter: (key, own) => this.letters.reminder(id, key, own),
      words: (locale, own) => this.letters.words(id, locale, own),
    };
  }
}
