import { DAY, HOUR } from '../../src/common/times/clock.js';
import { zonedOf } from '../../src/common/times/zoned.js';
import type { TestWorld } from './app.js';
import { channelOf, say } from './rooms/chat.js';
import { type Answer, clientOf } from './client.js';
import { HOURS } from './rooms/coaching.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from './factories.js';
import { followOutbox } from './outbox.js';
import { type SmallJury, aSmallJury } from './small-jury.js';
import { tick } from './reminders/reminders.js';
import { aCall, anApplicant, handsIn } from './rooms/calls.js';
import { aGuest, aPublicWorkshop } from './rooms/guests.js';
import { aSeries, aWorkshop } from './rooms/workshops.js';

/** A cohort in its fourth month with one of everything that a page can show, and the people to look at it. */
export interface SmallCohort extends SmallJury {
  id: string;
  admin: TestPerson;
  staff: TestPerson;
  coach: TestPerson;
  host: TestPerson;
  fellow: TestPerson;
  teammate: TestPerson;
  projectId: string;
  workshopId: string;
  draftId: string;
  seriesDateId: string;
  /** One with a page for everybody and a guest who comes with somebody: its page, and the guest's own. */
  publicId: string;
  publicPath: string;
  guestPath: string;
  pastWorkshopId: string;
  sessionId: string;
  heldSessionId: string;
  requestId: string;
  declinedRequestId: string;
  wishId: string;
  cycleId: string;
  endedCycleId: string;
  /** Of the fellow with the coach, with a course. */
  goalId: string;
  topicId: string;
  /** In both languages, below another one that is in English only. */
  pageId: string;
  commonsTopicId: string;
  /** A page of the handbook of the commons. */
  commonsPageId: string;
  channelId: string;
  directId: string;
  /** Of fellows, and open; one has handed in. */
  callId: string;
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00', end: '24:00' }));

async function done(answer: Promise<Answer>): Promise<any> {
  const { status, body, text } = await answer;
  if (status >= 300) throw new Error(`refused with ${status}: ${text}`);
  return body;
}

/** Makes it on a clock that begins three weeks back and ends at the world's "now". */
export async function aSmallCohort(world: TestWorld): Promise<SmallCohort> {
  const now = world.clock.now();
  const at = (ms: number) => new Date(now.getTime() + ms).toISOString();
  /** The full hour that lies so many hours from now. */
  const hour = (hours: number) => `${at(hours * HOUR).slice(0, 13)}:00:00.000Z`;
  world.clock.set(at(-21 * DAY));

  const admin = await aPerson(world, { name: 'Odile Marchal', isAdmin: true });
  const startsOn = at(-100 * DAY).slice(0, 10);
  const cohort = {
    name: 'Cohort 7',
    startsOn,
    timeZone: 'Europe/Paris',
    color: 'bruyere',
    locale: 'fr',
    country: 'FR',
  };
  const { id } = await done(admin.client.post('/api/cohorts', cohort));
  const base = `/api/cohorts/${id}`;
  const staff = await aMember(world, id, 'staff', { name: 'Aurore Tessier' });
  const meeting = { kind: 'jitsi', pattern: 'https://meet.example/{session}' };
  await done(staff.client.patch(base, { meeting }));
  const coach = await aMember(world, id, 'coach', { name: 'Tomasz Wilk', gives: ['user-research', 'public-law'] });
  const host = await aMember(world, id, 'host', { name: 'Sylvain Gauthier' });
  const fellow = await aMember(world, id, 'fellow', { name: 'Inès Carpentier', craft: 'data', wants: ['public-law'] });
  const teammate = await aMember(world, id, 'fellow', { name: 'Karim Haddad', craft: 'developer', gives: ['sql'] });
  await join(world, id, (await aPerson(world, { name: 'Léo Fabre', craft: 'designer' })).id, 'fellow');
  const project = {
    name: 'Permits in plain sight',
    agency: 'Prefecture of Isère',
    summary: 'Who waits for a permit sees **where it is**.',
    fellowIds: [fellow.id, teammate.id],
    hostIds: [host.id],
    coachId: coach.id,
  };
  const { id: projectId } = await done(staff.client.post(`${base}/projects`, project));
  await done(
    coach.client.put(`${base}/coaches/${coach.id}/availability`, { ...HOURS, weekly: EVERY_DAY, horizonDays: 14 }),
  );
  const invited = { email: 'late@people.test', name: 'Maud Perrin', role: 'fellow' };
  await done(staff.client.post(`${base}/invitations`, { people: [invited] }));
  await world.settled();

  const held = await booked(
    fellow,
    base,
    [-19, -20].map((days) => bookingOf(coach, hour(days * 24))),
  );
  const past = await aWorkshop(staff, id, {
    ...{ title: 'Field notes', startsAt: hour(-48), endsAt: hour(-46), hosts: [coach.id] },
    materials: [{ title: 'What to bring', url: 'https://example.org/bring' }],
  });
  await done(fellow.client.put(`${past.path}/registration`, {}));
  world.clock.set(at(-18 * DAY));
  const heldPath = `${base}/sessions/${held.id}`;
  await done(coach.client.post(`${heldPath}/complete`, { outcome: 'held' }));
  const note = { body: 'Ten visits are enough. **Watch**, do not ask.', audience: 'participants' };
  await done(coach.client.post(`${heldPath}/notes`, note));
  await done(fellow.client.post(`${heldPath}/actions`, { text: 'Visit the counter twice', ownerId: fellow.id }));

  world.clock.set(at(-3 * DAY));
  const session = await booked(
    fellow,
    base,
    [30, 63].map((hours) => bookingOf(coach, hour(hours))),
  );
  const times = { startsAt: hour(50), endsAt: hour(52) };
  const { id: workshopId, path } = await aWorkshop(staff, id, {
    ...times,
    title: 'Impact assessment, by hand',
    description: 'Bring **one number** that you do not believe.',
    tags: ['impact'],
    capacity: 1,
    hosts: [coach.id],
    materials: [{ title: 'The canvas', url: 'https://example.org/canvas' }],
  });
  await done(teammate.client.put(`${path}/registration`, {}));
  await done(fellow.client.put(`${path}/registration`, {}));
  await aWorkshop(staff, id, {
    title: 'Stand-up of data people',
    kind: 'standup',
    startsAt: hour(26),
    endsAt: hour(27),
  });
  const draft = await done(staff.client.post(`${base}/workshops`, draftBody(hour(80), hour(82))));
  const weekly = { startsAt: hour(54), endsAt: hour(55), title: 'Round of the week', repeat: weeklyFrom(hour(54)) };
  const [, , seriesDateId = ''] = (await aSeries(staff, id, weekly)).dates;
  const open = await anOpenWorkshop(world, staff, id, { startsAt: hour(58), endsAt: hour(60), hosts: [coach.id] });
  // A programme to be copied: of another cohort that the same team looks after.
  const before = await aCohort(world, { name: 'Cohort 6' });
  await join(world, before, staff.id, 'staff');
  await aWorkshop(staff, before, { title: 'Field notes', startsAt: hour(56), endsAt: hour(58), hosts: [staff.id] });

  const slides = { title: 'The slides', url: 'https://example.org/slides', phase: 'after' };
  await done(coach.client.post(`${past.path}/materials`, slides));
  await done(coach.client.post(`${past.path}/materials`, { ...slides, title: 'The hour itself', isRecording: true }));
  await done(coach.client.put(`${past.path}/minutes`, { body: '- Ten visits are **enough**.', revision: 0 }));
  const about = { title: 'Which visits count?', body: 'Those by phone, too?', aboutWorkshop: past.id };
  await done(fellow.client.post(`${base}/topics`, about));

  const wish = { subject: 'Reading a budget line by line', text: 'An hour, with a real one.', side: 'want' };
  const { id: wishId } = await done(fellow.client.post(`${base}/wishes`, wish));
  await done(teammate.client.put(`${base}/wishes/${wishId}/sides/want`));
  await done(coach.client.put(`${base}/wishes/${wishId}/sides/give`));
  await done(coach.client.post(`${base}/wishes`, { subject: 'Plain words in letters', side: 'give' }));

  const asked = { title: 'How do we find the address of an old parcel?', body: 'The register has `three` forms.' };
  const { id: topicId } = await done(fellow.client.post(`${base}/topics`, { ...asked, tags: ['public-law', 'data'] }));
  const reply = await done(teammate.client.post(`${base}/topics/${topicId}/posts`, { body: 'Ask the land office.' }));
  await done(fellow.client.put(`${base}/topics/${topicId}/answer`, { postId: reply.id }));
  const shared = { title: 'Which data may leave the building?', body: 'For tests.' };
  const { id: sharedId, question } = await done(teammate.client.post(`${base}/topics`, shared));
  const given = { postIds: [(question as { id: string }).id] };
  const { commonsTopicId } = await done(teammate.client.post(`${base}/topics/${sharedId}/commons`, given));

  const section = { en: { title: 'Working in an agency', body: 'Who decides, and who *really* does.' } };
  const { id: parentId, owner } = await done(staff.client.post(`${base}/handbook`, section));
  const words = {
    en: {
      title: 'Publish code',
      body: 'Ask first.\n\n## Who says yes\n\n- Your host\n- Security\n\n## The scan\n\nOne command.',
    },
    fr: { title: 'Publier du code', body: 'Demander d’abord.\n\n## Qui dit oui\n\n- L’administration\n- La sécurité' },
  };
  const { id: pageId } = await done(fellow.client.post(`${base}/handbook`, { ...words, parentId }));
  const asShown = { version: 1, editedAt: null, ownerId: (owner as { id: string } | null)?.id ?? null };
  const { pageId: commonsPageId } = await done(staff.client.post(`${base}/handbook/${parentId}/commons`, asShown));

  const help = { need: 'A letter that people read to the end.\nWho has written one?', text: 'Three pages, today.' };
  const { id: requestId } = await done(fellow.client.post(`${base}/requests`, { ...help, ownerId: coach.id }));
  await done(coach.client.post(`${base}/requests/${requestId}/ask-back`, { revision: 1, text: 'Whom is it for?' }));
  await done(fellow.client.post(`${base}/requests`, { need: 'A drawing of the counter', craft: 'developer' }));
  const declined = await done(
    fellow.client.post(`${base}/requests`, { need: 'Half an hour on joins', ownerId: teammate.id }),
  );
  await done(
    teammate.client.post(`${base}/requests/${declined.id}/decline`, { revision: 1, reason: 'Away until Monday.' }),
  );

  const early = await done(fellow.client.post(`${base}/cycles`, { coachId: coach.id, goal: 'Write a first letter' }));
  const { id: endedCycleId } = await done(
    fellow.client.post(`${base}/cycles/${early.id}/close`, { word: 'The letter is out' }),
  );
  const lines = { body: 'Short sentences now. **Next:** read it to somebody.', audience: 'participants' };
  await done(coach.client.post(`${base}/cycles/${endedCycleId}/note`, lines));
  const goal = 'Watch ten people fill in the form\nand change one thing for them';
  const { id: cycleId } = await done(fellow.client.post(`${base}/cycles`, { coachId: coach.id, goal }));

  const measure = { kind: 'number', unit: 'visits', start: 0, target: 10 };
  const visits = { title: 'Ten visits at the counter', why: 'We guess too much.', until: at(60 * DAY).slice(0, 10) };
  const { id: goalId } = await done(fellow.client.post(`${base}/goals`, { coachId: coach.id, ...visits, measure }));
  for (const [days, value, by] of [
    [-30, 2, fellow],
    [-10, 5, fellow],
    [-4, 7, coach],
  ] as const) {
    const mark = { on: at(days * DAY).slice(0, 10), value, words: by === coach ? 'Two of them with Karim' : '' };
    await done(by.client.post(`${base}/goals/${goalId}/course`, mark));
  }

  const { id: channelId } = await channelOf(fellow, 'cohort');
  const root = await say(teammate, channelId, `Good morning <@${fellow.id}>, who has an **example** of a data sheet?`);
  await say(coach, channelId, 'One page, three questions.', root.id);
  const { id: directId } = await done(coach.client.post('/api/direct', { userIds: [fellow.id] }));
  await say(coach, directId, 'See you on the next call?');
  const call = await aCall(staff, id, { opensAt: at(-DAY), closesAt: at(20 * DAY) });
  await world.settled();
  world.clock.set(now);
  await handsIn(await anApplicant(world, call.slug));
  await anApplicant(world, call.slug, fellow.email);
  const jury = await aSmallJury(world, staff, host);
  // What became due in these days is told now, not while somebody looks at a page: a page asks anew for what an event may have changed.
  await followOutbox(world);
  await tick(world);
  await world.settled();
  return {
    id,
    admin,
    staff,
    coach,
    host,
    fellow,
    teammate,
    projectId,
    workshopId,
    draftId: draft.id,
    seriesDateId,
    ...open,
    pastWorkshopId: past.id,
    sessionId: session.id,
    heldSessionId: held.id,
    requestId,
    declinedRequestId: declined.id,
    wishId,
    cycleId,
    endedCycleId,
    goalId,
    topicId,
    pageId,
    commonsTopicId,
    commonsPageId,
    channelId,
    directId,
    callId: call.id,
    ...jury,
  };
}

/** Six weeks on the weekday that an instant has in Paris, where its dates are. */
const weeklyFrom = (startsAt: string) => {
  const weekday = zonedOf(new Date(startsAt), 'Europe/Paris').dayOfWeek;
  return { unit: 'week', weekdays: [weekday], count: 6 };
};

const bookingOf = (coach: TestPerson, startsAt: string) => ({
  coachId: coach.id,
  startsAt,
  minutes: 45,
  need: 'How do we watch people fill in the form?',
});

/** The first of these times that is no public holiday: a test may run on any day of the year. */
async function booked(fellow: TestPerson, base: string, bookings: readonly object[]): Promise<any> {
  const [first, ...others] = bookings;
  const answer = await fellow.client.post(`${base}/sessions`, first);
  const isClosed = answer.status === 422 && JSON.stringify(answer.body).includes('closed_day');
  return isClosed && others.length > 0 ? await booked(fellow, base, others) : await done(Promise.resolve(answer));
}

const draftBody = (startsAt: string, endsAt: string) => ({
  title: 'Prototype in a day',
  startsAt,
  endsAt,
  timeZone: 'Europe/Paris',
  place: 'Room Vercors',
  capacity: 12,
});

/** One that everybody may see, and where somebody from outside has a place and brings another one along. */
async function anOpenWorkshop(
  world: TestWorld,
  staff: TestPerson,
  cohortId: string,
  more: Record<string, unknown> & { hosts: string[] },
): Promise<Pick<SmallCohort, 'publicId' | 'publicPath' | 'guestPath'>> {
  const questions = [
    { id: 'diet', kind: 'choice', label: 'What do you eat?', required: true, options: ['Everything', 'No meat'] },
    { id: 'photo', kind: 'yesno', label: 'May we take photos?', required: false, options: [] },
  ];
  const workshop = { title: 'Open evening', description: 'Come and **ask**.', capacity: 12, ...more };
  const { id, page, guests } = await aPublicWorkshop(staff, cohortId, workshop, { questions, shownHosts: more.hosts });
  const answers = { diet: 'No meat', photo: true };
  const link = await aGuest(world, guests, 'ada@guests.test', { plusOne: true, answers });
  await done(clientOf(world.url).post(`${link}/confirm`));
  return {
    publicId: id,
    publicPath: page.replace('/api/public/workshops/', '/w/'),
    guestPath: link.replace('/api/guests/', '/guest/'),
  };
}
