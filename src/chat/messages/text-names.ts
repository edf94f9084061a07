import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Members } from '../../cohorts/members/members.service.js';
import { namedIn } from './message.js';

/** A text that names people as `<@id>`. */
export interface NamingText {
  body: string;
  /** Who was where it was written, and is named by it. */
  mentions: readonly string[];
  /** The cohorts whose people it may name besides. */
  cohortIds: readonly string[];
}

type NameOf = (userId: string) => string | undefined;

/**
 * By what texts call those whom they name: who was in the channel, and who is or was in its cohort, as on the page of the channel. An id
 * of anybody else tells no name, so that nobody learns one by writing down an id.
 */
@Injectable()
export class TextNames {
  constructor(
    private readonly members: Members,
    private readonly people: People,
  ) {}

  /** Of each text, in their order; two queries at most. */
  async of(texts: readonly NamingText[]): Promise<NameOf[]> {
    const asked = texts.map(({ body, mentions, cohortIds }) => {
      const named = namedIn(body);
      return {
        cohortIds,
        inside: named.filter((id) => mentions.includes(id)),
        others: named.filter((id) => !mentions.includes(id)),
      };
    });
    const strangers = asked.filter(({ others }) => others.length > 0);
    const belonging = await this.members.everIn(
      strangers.flatMap(({ cohortIds }) => cohortIds),
      strangers.flatMap(({ others }) => others),
    );
    const named = asked.map(
      ({ cohortIds, inside, others }) =>
        new Set([...inside, ...others.filter((id) => cohortIds.some((cohort) => belonging.has(`${cohort} ${id}`)))]),
    );
    const faces = await this.people.byId(named.flatMap((ids) => [...ids]));
    return named.map((ids) => (id) => (ids.has(id) ? faces.get(id)?.name : undefined));
  }
}
