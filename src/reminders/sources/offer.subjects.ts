import { Injectable } from '@nestjs/common';
import { type OfferFacts, OffersReader } from '../../workshops/registrations/offers.reader.js';
import type { LoadedSubject, ReminderContent, SubjectRef, SubjectSource } from './subject-source.js';

/** Places held for members until they answer: who has not is reminded once before the place goes to the next in line. */
@Injectable()
export class OfferSubjects implements SubjectSource {
  readonly type = 'offer' as const;

  constructor(private readonly offers: OffersReader) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    return (await this.offers.byIds(refs.map(({ id }) => id))).map((offer) => this.subjectOf(offer));
  }

  async ofPerson(userId: string): Promise<SubjectRef[]> {
    return (await this.offers.ofPerson(userId)).map((one) => this.refOf(one));
  }

  async ofCohort(cohortId: string, from: Date): Promise<SubjectRef[]> {
    return (await this.offers.inCohort(cohortId, from)).map((one) => this.refOf(one));
  }

  /** Of all for whom a place of a workshop is held, or of some people, who may have answered. */
  async ofWorkshop(workshopId: string, userIds?: readonly string[]): Promise<SubjectRef[]> {
    return (await this.offers.ofWorkshop(workshopId, userIds)).map((one) => this.refOf(one));
  }

  private refOf({ id, cohortId }: Pick<OfferFacts, 'id' | 'cohortId'>): SubjectRef {
    return { type: this.type, id, cohortId };
  }

  private subjectOf(offer: OfferFacts): LoadedSubject {
    const { heldAt, lapsesAt, workshop, userId } = offer;
    return {
      ...this.refOf(offer),
      // Another offer of the same place lapses at another time.
      revision: Math.floor(lapsesAt.getTime() / 1000),
      title: workshop.title,
      titleKey: null,
      isLive: workshop.status === 'published',
      time: { heldAt, lapsesAt },
      people: offer.isOpen ? [{ userId, why: 'waitlisted' }] : [],
      content: (_userId, rung) => contentOf(offer, rung),
    };
  }
}

function contentOf({ workshop, lapsesAt }: OfferFacts, rung: string): ReminderContent {
  const { id, cohortId, title, startsAt, endsAt, place } = workshop;
  return {
    link: `/c/${cohortId}/workshops/${id}`,
    params: {
      ...{ workshopId: id, title, place, rung },
      ...{ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), untilAt: lapsesAt.toISOString() },
    },
  };
}
