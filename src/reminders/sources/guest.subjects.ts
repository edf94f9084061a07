import { Injectable } from '@nestjs/common';
import { DEFAULT_PREFERENCES } from '../../notifications/rules/preferences.js';
import { type GuestPlaceFacts, type GuestPlaceRef, GuestReminders } from '../../workshops/guests/guest-reminders.js';
import { AHEAD_MS, type LoadedSubject, type SubjectRef, type SubjectSource } from './subject-source.js';

/**
 * Guests of a public workshop: reminded by mail, without an account. The subject is their place, and so is the row's person. The night is
 * that of the workshop's zone.
 */
@Injectable()
export class GuestSubjects implements SubjectSource {
  readonly type = 'guest' as const;

  constructor(private readonly guests: GuestReminders) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    return (await this.guests.facts(refs.map(({ id }) => id))).map((place) => this.subjectOf(place));
  }

  /** Whoever has an account is no guest. */
  ofPerson(): Promise<SubjectRef[]> {
    return Promise.resolve([]);
  }

  /** Of the guests of a workshop, or of one of them. */
  async ofWorkshop(workshopId: string, guestId?: string): Promise<SubjectRef[]> {
    return (await this.guests.ofWorkshop(workshopId, guestId)).map((one) => this.refOf(one));
  }

  async ofCohort(cohortId: string, from: Date): Promise<SubjectRef[]> {
    const places = await this.guests.ofCohort(cohortId, from, new Date(from.getTime() + AHEAD_MS));
    return places.map((one) => this.refOf(one));
  }

  private refOf({ id, cohortId }: GuestPlaceRef): SubjectRef {
    return { type: this.type, id, cohortId };
  }

  private subjectOf(place: GuestPlaceFacts): LoadedSubject {
    const { id, startsAt, timeZone, name } = place;
    return {
      ...this.refOf(place),
      revision: place.revision,
      title: place.title,
      titleKey: null,
      isLive: place.isLive,
      time: { startsAt, timeZone },
      people: [{ userId: id, why: 'guest' }],
      content: () => ({ params: {}, link: '/' }),
      outside: {
        name,
        recipient: { timeZone, quietHours: DEFAULT_PREFERENCES.quietHours, channels: ['mail'] },
        letter: (key, own) => this.guests.letter(id, key, own),
        words: (locale, own) => this.guests.words(id, locale, own),
      },
    };
  }
}
