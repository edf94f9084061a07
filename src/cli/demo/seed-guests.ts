import { LinkTokens } from '../../auth/tokens/link-tokens.js';
import { HOUR } from '../../common/times/clock.js';
import type { GuestAnswers, SetPublicPage } from '../../contracts/workshops/guests.js';
import { idOf } from '../../infra/mongo/ids.js';
import { GuestRegistrations } from '../../workshops/guests/guest-registrations.service.js';
import { GuestsRepository } from '../../workshops/guests/guests.repository.js';
import { PublicPages } from '../../workshops/guests/public-pages.service.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import { type DemoCohort, type Stage, inRole, memberOf } from './stage.js';

const QUESTIONS: SetPublicPage['questions'] = [
  {
    id: 'from',
    kind: 'text',
    label: 'De quelle administration ou association venez-vous ?',
    required: true,
    options: [],
  },
  {
    ...{ id: 'level', kind: 'choice', label: 'Où en êtes-vous ?', required: true },
    options: ['Je découvre', 'Je pratique un peu', 'Je pourrais le donner'],
  },
  { id: 'photo', kind: 'yesno', label: 'Acceptez-vous d’être pris en photo ?', required: true, options: [] },
];

const GUESTS: readonly { name: string; email: string; plusOne: boolean; confirms: boolean; answers: GuestAnswers }[] = [
  {
    ...{ name: 'Élodie Marchand', email: 'elodie.marchand@ville-voisine.example', plusOne: true, confirms: true },
    answers: { from: 'Ville voisine, service citoyens', level: 'Je pratique un peu', photo: true },
  },
  {
    ...{ name: 'Bastien Lefèvre', email: 'bastien@asso-numerique.example', plusOne: false, confirms: true },
    answers: { from: 'Association Numérique pour tous', level: 'Je découvre', photo: false },
  },
  {
    ...{ name: 'Nadia Brahimi', email: 'nadia.brahimi@departement.example', plusOne: false, confirms: true },
    answers: { from: 'Département, direction des solidarités', level: 'Je pourrais le donner', photo: true },
  },
  {
    ...{ name: 'Yann Kervella', email: 'yann@kervella.example', plusOne: false, confirms: false },
    answers: { from: 'Indépendant', level: 'Je découvre', photo: true },
  },
];

/** One workshop to come has a page for everybody, and guests: two who come with a place each, one with somebody, one who has not confirmed. */
export async function seedGuests(stage: Stage, cohort: DemoCohort): Promise<void> {
  const { app, now } = stage;
  const [staff] = inRole(cohort, 'staff');
  const coming = await app.get(WorkshopsReader).startingBetween(new Date(now.getTime() + 48 * HOUR), inWeeks(now, 6));
  const open = coming.find(
    ({ place, waitlisted, going, capacity }) => place && waitlisted === 0 && capacity - going > 8,
  );
  if (!staff || !open) return;
  const settings = {
    on: true,
    guests: true,
    plusOne: true,
    guestPercent: 50,
    shownHosts: open.hosts,
    questions: QUESTIONS,
  };
  await app.get(PublicPages).set(memberOf(cohort, staff), open.id, settings);
  for (const { confirms, ...guest } of GUESTS) {
    const { id, form } = await app.get(GuestsRepository).ask({
      ...{ ...guest, cohortId: idOf(cohort.id), workshopId: idOf(open.id), mode: null },
      ...{ locale: 'fr', timeZone: 'Europe/Paris', askedAt: now, eraseAt: new Date(now.getTime() + 24 * HOUR) },
    });
    if (confirms) await app.get(GuestRegistrations).confirm(app.get(LinkTokens).sign('guest', `${String(id)}~${form}`));
  }
}

const inWeeks = (now: Date, weeks: number) => new Date(now.getTime() + weeks * 7 * 24 * HOUR);
