import { DAY, HOUR } from '../../common/times/clock.js';
import { dayOf } from '../../common/times/zoned.js';
import type { Locale } from '../../contracts/primitives.js';
import type { NoticeParams } from '../../notifications/inbox/notification.schema.js';
import { type Rung, lengthOf } from '../schedule/ladder.js';

/** Invented people and things that an example of a reminder speaks of. */
const WORDS: Record<
  Locale,
  Record<'workshop' | 'place' | 'question' | 'action' | 'need' | 'goal' | 'project', string>
> = {
  en: {
    workshop: 'Plain words',
    place: 'Room Vercors',
    question: 'Who has tested a form with a screen reader?',
    action: 'Send the plan of the tests',
    need: 'Preparing the user tests',
    goal: 'A first release that people use',
    project: 'Clear water',
  },
  fr: {
    workshop: 'Écrire simplement',
    place: 'Salle Vercors',
    question: 'Qui a déjà testé un formulaire au lecteur d’écran ?',
    action: 'Envoyer le plan des tests',
    need: 'Préparer les tests utilisateurs',
    goal: 'Une première version utilisée',
    project: 'EauVive',
  },
};
const FELLOW = 'Inès Carpentier';
const COACH = 'Karim Haddad';

/** The title of the workshop of examples. */
export const sampleWorkshop = (locale: Locale): string => WORDS[locale].workshop;
export const SAMPLE_NAME = FELLOW;

/**
 * What a reminder of this kind would be filled with in a cohort where nothing like it is planned: invented, at the time at which it would
 * come. Everything that its words can name is there.
 */
export function sampleOf(
  rung: Rung,
  locale: Locale,
  { now, timeZone, cohort }: { now: Date; timeZone: string; cohort: string },
): { params: NoticeParams; why: string } {
  const said = WORDS[locale];
  const away = Math.max(lengthOf(rung), HOUR);
  const isAfter = rung.time.by === 'since' || rung.time.by === 'morningAfter';
  const startsAt = onTheHour(now.getTime() + (isAfter ? -away : away));
  const [reason = 'registered'] = rung.onlyFor ?? [];
  const common: NoticeParams = {
    ...{
      title: said.workshop,
      place: said.place,
      rung: rung.name,
      cohort,
      fellow: FELLOW,
      by: FELLOW,
      owner: COACH,
      with: COACH,
    },
    ...{ startsAt: startsAt.toISOString(), endsAt: new Date(startsAt.getTime() + 2 * HOUR).toISOString() },
    untilAt: new Date(now.getTime() + away).toISOString(),
    sinceAt: new Date(now.getTime() - away).toISOString(),
    on: dayOf(startsAt, timeZone),
    ...{ openActions: 1, missing: 1, others: 'none', waitsFor: 'owner', part: 'coach', about: said.need },
    ...{ milestoneToo: 'false', phaseToo: 'false' },
  };
  return { params: { ...common, ...ownOf(rung, reason, locale, now, timeZone) }, why: reason };
}

/** What reads otherwise in reminders of a kind. */
function ownOf(rung: Rung, reason: string, locale: Locale, now: Date, timeZone: string): NoticeParams {
  const said = WORDS[locale];
  const own: Partial<Record<Rung['subject'], NoticeParams>> = {
    action: { about: said.action },
    cycle: { about: said.goal },
    topic: { title: said.question },
    milestone: { titleKey: 'user-tests', title: null },
    phase: { phaseKey: 'build', title: null },
    residency: { moment: reason, part: 'fellow', actions: 1 },
    letter: {
      ...{ what: reason, workshops: 2, questions: 1, has: 'true', titleKey: 'user-tests', title: null, team: 'none' },
      ...{ project: said.project, projects: 1, milestoneOn: dayOf(new Date(now.getTime() + 10 * DAY), timeZone) },
    },
  };
  return own[rung.subject] ?? {};
}

const onTheHour = (at: number) => new Date(Math.ceil(at / HOUR) * HOUR);
