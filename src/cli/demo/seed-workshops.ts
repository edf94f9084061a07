import { HOUR } from '../../common/times/clock.js';
import type { CreateWorkshop } from '../../contracts/workshops/workshops.js';
import { UNLESS_SAID } from '../../contracts/workshops/workshop-fields.js';
import { RegistrationsService } from '../../workshops/registrations/registrations.service.js';
import { WorkshopChannels } from '../../bridges/workshop-channels.js';
import { WorkshopsService } from '../../workshops/workshops.service.js';
import { type DemoCohort, type DemoPerson, type Stage, freeIn, inRole, memberOf } from './stage.js';
import { workshopTimes } from './times.js';
import { workshops } from './workshops.content.js';

type Text = (typeof workshops)[number];

interface Planned {
  text: Text;
  title: string;
  description: string;
  startsAt: Date;
  announcedAt: Date;
}

/** Forty workshops, two thirds of them past; those with a small room are full and have people waiting. */
export async function seedWorkshops(stage: Stage, cohort: DemoCohort): Promise<void> {
  const planned = plan(stage);
  const held: string[] = [];
  for (const [index, one] of planned.entries()) {
    held.push(await hold(stage, cohort, one, index));
    stage.progress.step('workshops', index + 1, planned.length);
  }
  // Their channels as they are now: those of workshops that are long over are put away.
  stage.clock.set(stage.now);
  await stage.app.get(WorkshopChannels).keepAll(held);
}

function plan(stage: Stage): Planned[] {
  const texts = [...workshops, ...workshops];
  return texts
    .map((text, index) => {
      const hour = stage.random.pick([8, 9, 12.5, 13, 15]);
      return {
        text,
        ...(index < workshops.length ? { title: text.title, description: text.description } : text.later),
        ...workshopTimes(stage, index, texts.length, hour),
      };
    })
    .sort((a, b) => a.announcedAt.getTime() - b.announcedAt.getTime());
}

async function hold(
  stage: Stage,
  cohort: DemoCohort,
  { text, title, description, startsAt, announcedAt }: Planned,
  index: number,
): Promise<string> {
  const { app, clock, random } = stage;
  const service = app.get(WorkshopsService);
  const able = [...inRole(cohort, 'coach'), ...inRole(cohort, 'fellow')];
  const from = startsAt.getTime();
  // Nobody hosts two things at once.
  const host = await freeIn(stage, [...random.some(able, 1), ...able], [{ from, to: from + text.hours * HOUR }]);
  const hosts = host ? [host] : [];
  const staff = inRole(cohort, 'staff')[0] ?? hosts[0];
  if (!staff) throw new Error('a workshop needs somebody');
  clock.set(announcedAt);
  const body: CreateWorkshop = {
    ...UNLESS_SAID,
    title,
    description,
    kind: text.kind,
    level: text.level ?? null,
    tags: [...text.tags],
    startsAt: startsAt.toISOString(),
    endsAt: new Date(from + text.hours * HOUR).toISOString(),
    timeZone: 'Europe/Paris',
    place: text.place,
    link: text.place ? null : 'https://meet.demo.cordee.example/workshop',
    capacity: text.capacity,
    hosts: hosts.map((host) => host.id),
  };
  const actor = memberOf(cohort, staff);
  const { id } = await service.create(actor, body);
  if (index === 39) return id;
  await service.publish(actor, id);
  await register(stage, cohort, id, wanting(stage, cohort, text, hosts));
  if (index === 37)
    await service.cancel(actor, id, { reason: 'La salle est fermée pour travaux ; nouvelle date en janvier.' });
  return id;
}

/** More people than places where the room is small, about half of the places elsewhere. */
function wanting(stage: Stage, cohort: DemoCohort, text: Text, hosts: readonly DemoPerson[]): DemoPerson[] {
  const fellows = inRole(cohort, 'fellow').filter((person) => !hosts.includes(person));
  const count =
    text.capacity <= 18
      ? text.capacity + stage.random.between(1, 7)
      : Math.round(Math.min(text.capacity, 60) * (0.3 + stage.random.next() * 0.5));
  return stage.random.some(fellows, count);
}

async function register(
  stage: Stage,
  cohort: DemoCohort,
  workshopId: string,
  people: readonly DemoPerson[],
): Promise<void> {
  const service = stage.app.get(RegistrationsService);
  // One after the other: who gets a place and who waits is the same whenever the history is made.
  for (const person of people) await service.register(memberOf(cohort, person), workshopId, { despite: true });
  const leavers = people.filter((_, index) => index % 11 === 5);
  for (const person of leavers) await service.leave(memberOf(cohort, person), workshopId);
}
