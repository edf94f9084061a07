import { DAY, HOUR } from '../../common/times/clock.js';
import { UNLESS_SAID } from '../../contracts/workshops/workshop-fields.js';
import { SeriesEditing } from '../../workshops/series/series-editing.service.js';
import { SeriesPlanning } from '../../workshops/series/series-planning.service.js';
import { SeriesReader } from '../../workshops/series/series-reader.js';
import { SeriesRegistrations } from '../../workshops/series/series-registrations.service.js';
import { WorkshopsService } from '../../workshops/workshops.service.js';
import { type DemoCohort, type Stage, freeIn, inRole, memberOf } from './stage.js';
import { at } from './times.js';

const DATES = 8;
const TUESDAY = 2;

/** A round each Tuesday, begun two weeks ago; of the dates ahead one is cancelled, and one moved by two days. */
export async function seedSeries(stage: Stage, cohort: DemoCohort): Promise<void> {
  const { app, clock, now, random } = stage;
  const staff = inRole(cohort, 'staff')[0];
  const startsAt = at(stage, -2, TUESDAY - 1, 8);
  const coaches = inRole(cohort, 'coach');
  const host = await freeIn(
    stage,
    [...coaches.slice(5), ...coaches, ...inRole(cohort, 'fellow')],
    stretchesFrom(startsAt),
  );
  if (!staff || !host) return;
  const actor = memberOf(cohort, staff);
  clock.set(at(stage, -4, 0, 9));
  const seriesId = await app.get(SeriesPlanning).create(actor, {
    ...UNLESS_SAID,
    key: 'demo-accessibility-round',
    title: 'Permanence accessibilité',
    description: 'Une heure chaque mardi : venez avec un écran qui vous résiste, repartez avec une liste courte.',
    kind: 'workshop',
    tags: ['accessibilité'],
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + HOUR).toISOString(),
    timeZone: 'Europe/Paris',
    place: 'Salle Vercors',
    capacity: 12,
    hosts: [host.id],
    repeat: { unit: 'week', interval: 1, weekdays: [TUESDAY], ordinal: null, until: null, count: DATES },
    except: [],
  });
  await app.get(SeriesEditing).publish(actor, seriesId, {});
  const [me, ...others] = inRole(cohort, 'fellow');
  for (const person of me ? [me, ...random.some(others, 8)] : [])
    await app.get(SeriesRegistrations).join(memberOf(cohort, person), seriesId, { despite: true });
  clock.set(new Date(now.getTime() - 2 * HOUR));
  const { rows } = await app.get(SeriesReader).seen(actor, seriesId);
  const ahead = rows.filter((row) => row.startsAt > now);
  const [cancelled, moved] = [ahead[1], ahead[2]];
  const workshops = app.get(WorkshopsService);
  if (cancelled)
    await workshops.cancel(actor, String(cancelled._id), { reason: 'La salle est prise par le jury ce jour-là.' });
  if (moved) {
    const later = (instant: Date) => new Date(instant.getTime() + 48 * HOUR).toISOString();
    await workshops.update(actor, String(moved._id), { startsAt: later(moved.startsAt), endsAt: later(moved.endsAt) });
  }
  clock.set(now);
}

/** Its dates, where clocks may change in between, and each of them two days later, where one of them goes. */
const stretchesFrom = (startsAt: Date) =>
  Array.from({ length: DATES }, (_, week) => startsAt.getTime() + week * 7 * DAY)
    .flatMap((from) => [from, from + 2 * DAY])
    .map((from) => ({ from: from - HOUR, to: from + 2 * HOUR }));
