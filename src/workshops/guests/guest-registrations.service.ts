import { Injectable } from '@nestjs/common';
import { LinkTokens } from '../../auth/tokens/link-tokens.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { conflict, notFound } from '../../common/problem.js';
import type { GuestPlace, RegisterGuest } from '../../contracts/workshops/guests.js';
import type { AttendanceMode } from '../../contracts/workshops/workshops.js';
import { FormLimits } from '../../infra/http/form-limits.js';
import { toId } from '../../infra/mongo/ids.js';
import type { Ask, Refusal } from '../registrations/places.js';
import { refusal } from '../registrations/refusals.js';
import { type Along, PlacesService } from '../registrations/places.service.js';
import type { RegistrationRow } from '../registrations/registration.schema.js';
import { RegistrationsRepository } from '../registrations/registrations.repository.js';
import { stateOf } from '../workshop.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { WorkshopsView, mineOf } from '../workshops.view.js';
import { GuestMails } from './guest-mails.js';
import type { GuestForm, GuestRow } from './guest.schema.js';
import { GuestsRepository } from './guests.repository.js';
import {
  BEFORE_FORMS,
  UNCONFIRMED_KEPT_MS,
  eraseAt,
  guestBarrier,
  hasLeft,
  keptAnswers,
  mustTakeGuest,
  takenBy,
} from './public-page.js';
import { PublicPages } from './public-pages.service.js';

/** An address gets one letter in so long about the same form, whoever sends it how often. */
const LETTER_EVERY_MS = 10 * MINUTE;
/** Asked for with somebody, whom they may bring along no more: they can ask again alone. */
const NO_PLUS_ONE = 'no_plus_one' satisfies Refusal;
/** With a place, or one to come. */
const STANDS: ReadonlySet<RegistrationRow['status']> = new Set([
  'going',
  'waitlisted',
  'offered',
  'attended',
  'absent',
  'excused',
]);
const READS_LINK: ReadonlySet<RegistrationRow['status']> = new Set(['going', 'attended']);

/** Nothing is known of what else guests have then. */
const UNASKED = { despite: true } as const;

/** What a link opens: a guest (as it was asked in the form that it is about, until one is confirmed), the workshop, and where both of them stand; who has left stands nowhere. */
interface Behind {
  guest: GuestRow;
  row: WorkshopRow;
  mine: RegistrationRow | null;
  companion: RegistrationRow | null;
  form: GuestForm | null;
}

/** People from outside: they ask with an address, confirm it by the link of a mail, and give their place up by the same link. */
@Injectable()
export class GuestRegistrations {
  constructor(
    private readonly pages: PublicPages,
    private readonly guests: GuestsRepository,
    private readonly mails: GuestMails,
    private readonly rows: WorkshopsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly places: PlacesService,
    private readonly view: WorkshopsView,
    private readonly tokens: LinkTokens,
    private readonly limits: FormLimits,
    private readonly clock: Clock,
  ) {}

  /**
   * Whoever the address belongs to, the same answer after the same work: what goes on is said in a mail to it. Throws 404 where there is no
   * page, 409 `no_guests`, `guests_full` or as of a workshop that one cannot join now, 422, 429.
   */
  async register(slug: string, body: RegisterGuest, network: string): Promise<void> {
    const { row, page, cohort } = await this.pages.shown(slug);
    const now = this.clock.now();
    mustTakeGuest(row, page, cohort.state, body, now);
    if (await this.isFullFor(row, body)) throw refusal('guests_full');
    await this.limits.take(String(row._id), body.email, network);
    const { name, email, plusOne, answers, locale, timeZone, mode } = body;
    const { id: guestId, form } = await this.guests.ask({
      ...{ cohortId: row.cohortId, workshopId: row._id, email, name, plusOne, locale, timeZone, mode: mode ?? null },
      answers: keptAnswers(page.questions, answers),
      askedAt: now,
      eraseAt: new Date(now.getTime() + UNCONFIRMED_KEPT_MS),
    });
    const turn = Math.floor(now.getTime() / LETTER_EVERY_MS);
    await this.mails.write([
      { guestId, workshopId: row._id, kind: 'asked', form, key: `${String(guestId)}-${form}-${turn.toString(36)}` },
    ]);
  }

  /** Throws 404 for a link that is not ours, and for who was erased. */
  async read(token: string): Promise<GuestPlace> {
    return await this.present(await this.behind(token));
  }

  /**
   * The address is theirs: a place, or the next one in line, for whom and as the mail of this link was about. Asked again, the same. Throws 404, 409 as `register`,
   * 409 `no_plus_one` where hosts let nobody be brought along any more, `given_back`, `other_mail` where the link is of no mail about what was asked since.
   */
  async confirm(token: string): Promise<GuestPlace> {
    const { guest, row, mine, form } = await this.behind(token);
    const { _id } = guest;
    if (mine) {
      if (!guest.confirmedAt) await this.guests.confirmStanding(_id, this.clock.now(), eraseAt(row));
      return await this.read(token);
    }
    if (hasLeft(guest))
      throw conflict('given_back', 'The place was given back. Register again on the page of the workshop.');
    const barrier = await this.barrier(row, guest);
    if (barrier === NO_PLUS_ONE) throw refusal(barrier);
    if (barrier) throw conflict(barrier, 'One cannot register now.');
    if (!form) throw conflict('other_mail', 'This link confirms nothing that was asked since. Open the newest mail.');
    const who = { userId: String(_id), mode: guest.mode ?? null, fits: true, guest: true as const, ...UNASKED };
    const ask: Ask = guest.plusOne
      ? { kind: 'join_team', ...who, others: [String(guest.companionId)] }
      : { kind: 'join', ...who };
    await this.ask(row, ask, {
      // Who left, or confirmed another mail, at the same moment was first: then this asks for nothing any more.
      before: (session) => this.guests.settle(_id, form, session),
      after: (session) => this.guests.confirm(_id, this.clock.now(), eraseAt(row), session),
    });
    return await this.read(token);
  }

  /** Takes the place that is held, and that of whom they bring along. Throws 404, 409 `offer_lapsed`, `cancelled`. */
  async accept(token: string): Promise<GuestPlace> {
    const { guest, row } = await this.behind(token);
    const others = [String(guest.companionId)];
    await this.ask(row, { kind: 'accept', userId: String(guest._id), others, ...UNASKED });
    return await this.read(token);
  }

  /** Gives both places up; what they gave is forgotten a day later. Again: nothing. Throws 404, 409 `over`, `cancelled`, `already_marked`. */
  async leave(token: string): Promise<GuestPlace> {
    const { guest, row, mine } = await this.behind(token);
    if (mine || !hasLeft(guest)) {
      const leave: Ask = { kind: 'leave', userId: String(guest._id), others: [String(guest.companionId)] };
      await this.ask(row, leave, {
        after: async (session) => {
          const now = this.clock.now();
          await this.guests.leave(guest._id, now, new Date(now.getTime() + UNCONFIRMED_KEPT_MS), session);
        },
      });
    }
    return await this.read(token);
  }

  private async ask(row: WorkshopRow, ask: Ask, along?: Along): Promise<void> {
    const answer = await this.places.ask(String(row._id), ask, along);
    if (answer.kind === 'refused') throw refusal(answer.because);
  }

  private async behind(token: string): Promise<Behind> {
    const [guestId = '', key = BEFORE_FORMS] = (this.tokens.verify('guest', token) ?? '').split('~');
    const id = toId(guestId);
    const known = id && (await this.guests.byId(id));
    const form = known && !known.confirmedAt ? (known.forms?.find(({ formKey }) => formKey === key) ?? null) : null;
    // Who asked since they left is about to come again, whichever of their links they open.
    const again = known?.forms?.length ? { leftAt: undefined } : {};
    const guest = known && { ...known, ...form, ...again };
    const row = guest && (await this.rows.byId(guest.workshopId));
    if (!guest || !row || row.status === 'draft') throw notFound();
    const both = await this.registrations.ofPeople(row._id, [guest._id, guest.companionId]);
    const placeOf = (id: GuestRow['_id']) => both.find(({ userId }) => userId.equals(id));
    const left = hasLeft(guest, placeOf(guest._id)?.status);
    const standing = (id: GuestRow['_id']) => {
      const place = left ? undefined : placeOf(id);
      return place && STANDS.has(place.status) ? place : null;
    };
    return { guest, row, form, mine: standing(guest._id), companion: standing(guest.companionId) };
  }

  /** Why they could not join now. */
  private async barrier(row: WorkshopRow, { plusOne }: GuestRow): Promise<string | null> {
    const cohort = await this.cohorts.byId(row.cohortId);
    const takes = takenBy(row);
    if (!takes.guests || !cohort) return 'no_guests';
    return guestBarrier(row, cohort.state, this.clock.now()) ?? (plusOne && !takes.plusOne ? NO_PLUS_ONE : null);
  }

  /** Why who has no place could not get one, or wait for one, as they asked for it. */
  private async whyNot(row: WorkshopRow, guest: GuestRow): Promise<string | null> {
    return (await this.barrier(row, guest)) ?? ((await this.isFullFor(row, guest)) ? 'guests_full' : null);
  }

  /** Whether other guests have the places that guests may have. */
  private async isFullFor(
    row: WorkshopRow,
    { mode, plusOne }: Pick<RegisterGuest, 'plusOne'> & { mode?: AttendanceMode | null | undefined },
  ): Promise<boolean> {
    return (await this.pages.room(row))[mode ?? 'onsite'] < (plusOne ? 2 : 1);
  }

  private async present({ guest, row, form, mine, companion }: Behind): Promise<GuestPlace> {
    const position = mine ? (await this.view.positions([mine])).get(String(row._id)) : undefined;
    const state = stateOf(row, this.clock.now());
    const isSeen = mine?.status === 'attended' || mine?.status === 'absent';
    const because = mine ? null : await this.whyNot(row, guest);
    const mayJoin = !mine && because === null;
    return {
      name: guest.name,
      title: row.title,
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
      timeZone: guest.timeZone,
      place: row.place ?? null,
      link: mine && READS_LINK.has(mine.status) ? (row.link ?? null) : null,
      status: row.status === 'cancelled' ? 'cancelled' : 'published',
      mine: mine && { ...mineOf(row, mine, position), ...this.view.passOf(row, mine) },
      plusOne: guest.plusOne,
      companion: companion?.status ?? null,
      companionPass: companion ? this.view.passOf(row, companion).pass : undefined,
      leftAt: mine ? null : (guest.leftAt?.toISOString() ?? null),
      because,
      again: (mayJoin && (hasLeft(guest) || !form)) || because === NO_PLUS_ONE ? (row.publicPage?.slug ?? null) : null,
      abilities: {
        confirm: mayJoin && !hasLeft(guest) && form !== null,
        accept: state === 'open' && (mine?.status === 'offered' || companion?.status === 'offered'),
        leave: mine !== null && (state === 'open' || (state === 'started' && !isSeen)),
      },
    };
  }
}
