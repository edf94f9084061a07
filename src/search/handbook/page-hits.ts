import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { inTurns } from '../../common/in-turns.js';
import { ANY } from '../../common/texts/search-words.js';
import { within } from '../../common/texts/within.js';
import { COMMONS_PLACE } from '../../contracts/limits.js';
import { PagesRepository, type PageMatch } from '../../handbook/pages.repository.js';
import { toIds } from '../../infra/mongo/ids.js';
import type { Place } from '../../infra/mongo/token-walk.js';
import { isBlank } from '../ask.js';
import { type Found, type HitSource, type Scored, type Seeking, compare } from '../hits.js';
import { marked, snippetOf } from '../marking.js';
import { bestOf, textOf } from './page-fitting.js';

/** So many pages are read in one request. */
const MAX_READ = 60;

/** Pages of the handbooks of the seeker's cohorts, and of the commons for who is in it, by what they say in whichever language. */
@Injectable()
export class PageHits implements HitSource {
  readonly kind = 'pages';

  constructor(
    private readonly pages: PagesRepository,
    private readonly people: People,
  ) {}

  async find(seeking: Seeking): Promise<Found> {
    const { inCommons, wanted, authorIds, lang } = seeking;
    const cohortIds = [...seeking.cohortIds, ...(inCommons ? [COMMONS_PLACE] : [])];
    if (isBlank(wanted) && !authorIds) return { hits: [], to: null };
    const groups = wanted.terms.map(({ stems }) => stems);
    const matches = await this.pages.matches(toIds(cohortIds), groups.length > 0 ? groups : [[ANY]]);
    const asked = matches
      .map((match) => ({ ...match, place: placeOf(match) }))
      .filter((match) => isAsked(match, seeking))
      .sort((a, b) => compare(a.place, b.place));
    const rows = await this.pages.someOf(asked.slice(0, MAX_READ).map(({ _id }) => _id));
    const byId = new Map(rows.map((row) => [String(row._id), row]));
    const read = within(asked.slice(0, MAX_READ), ({ _id }) => textOf(byId.get(String(_id)) ?? {}).length);
    const faces = await this.people.byId(read.map((match) => String(changedBy(match))));
    const hits = await inTurns(
      read,
      ({ _id }) => textOf(byId.get(String(_id)) ?? {}),
      (match): Scored[] => {
        const row = byId.get(match.place.id);
        const best = row && bestOf(row, lang, wanted);
        if (!best) return [];
        const [placeId, by] = [String(match.cohortId), String(changedBy(match))];
        const isCommons = placeId === COMMONS_PLACE;
        return [
          {
            kind: this.kind,
            id: match.place.id,
            cohortId: isCommons ? null : placeId,
            title: marked(best.title, wanted),
            snippet: snippetOf(best.text, wanted),
            link: `${isCommons ? '/commons' : `/c/${placeId}`}/handbook/${match.place.id}`,
            at: new Date(match.place.at).toISOString(),
            by: faces.get(by) ?? { id: by, name: '', avatarUrl: null },
            channel: null,
            isReply: false,
            score: best.score,
          },
        ];
      },
    );
    const last = asked.length > read.length ? read.at(-1) : undefined;
    return { hits: hits.flat(), to: last?.place ?? null };
  }
}

/** A page stands where it was last edited. */
const placeOf = ({ _id, createdAt, editedAt }: PageMatch): Place => ({
  ...{ at: (editedAt ?? createdAt).getTime(), id: String(_id) },
});

const changedBy = ({ authorId, edition }: PageMatch) => edition?.byId ?? authorId;

/** `from:` is who wrote the page first or last. */
function isAsked(match: PageMatch & { place: Place }, { authorIds, not, from, before, after }: Seeking): boolean {
  const { at } = match.place;
  const people = [String(match.authorId), String(changedBy(match))];
  const isTheirs = !authorIds || people.some((one) => authorIds.includes(one));
  const isIn = (!from || at >= from.getTime()) && (!before || at < before.getTime());
  return (
    isTheirs &&
    isIn &&
    !people.some((one) => not.authorIds.includes(one)) &&
    (!after || compare(match.place, after) > 0)
  );
}
