import { ChannelLists } from '../../chat/channels/channel-lists.service.js';
import { MessagesService } from '../../chat/messages/messages.service.js';
import { DAY, HOUR } from '../../common/times/clock.js';
import { PostsService } from '../../forums/posts.service.js';
import { TopicsService } from '../../forums/topics.service.js';
import { idOf } from '../../infra/mongo/ids.js';
import { SessionsService } from '../../mentoring/sessions/sessions.service.js';
import { ChatNotices } from '../../notifications/notices/chat.notices.js';
import { ForumNotices } from '../../notifications/notices/forum.notices.js';
import { InboxService } from '../../notifications/inbox/inbox.service.js';
import { Notifier } from '../../notifications/notifier.js';
import { SessionNotices } from '../../notifications/notices/session.notices.js';
import { WorkshopNotices } from '../../notifications/notices/workshop.notices.js';
import { WorkshopSubjects } from '../../reminders/sources/workshop.subjects.js';
import type { PlaceNews } from '../../workshops/registrations/place-news.js';
import { RegistrationsRepository } from '../../workshops/registrations/registrations.repository.js';
import { RegistrationsService } from '../../workshops/registrations/registrations.service.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import { forumCalls, chatCalls } from './inbox.content.js';
import { type DemoCohort, type DemoPerson, type Stage, actorOf, inRole, memberOf } from './stage.js';

const WEEKS_AHEAD = 4;
/** Older notices than this are read. */
const READ_AFTER_MS = 30 * HOUR;

/** What the last days brought to the people of the demo's accounts: places, a promotion, sessions, names in forum and chat, a reminder. */
export async function seedInbox(stage: Stage, cohort: DemoCohort): Promise<void> {
  const { app, clock, now, progress } = stage;
  const known = [
    ...inRole(cohort, 'fellow').slice(0, 3),
    ...inRole(cohort, 'coach').slice(0, 2),
    ...inRole(cohort, 'host').slice(0, 1),
  ];
  app.get(Notifier).silenceMail();
  const acts: [hoursAgo: number, play: () => Promise<void>][] = [
    [54, () => places(stage, known)],
    [49, () => promotion(stage, cohort, known)],
    [28, () => sessions(stage, cohort, known)],
    [25, () => cancelled(stage, cohort)],
    [21, () => namedInForum(stage, cohort, known)],
    [6, () => reminders(stage, cohort)],
    [2, () => namedInChat(stage, cohort, known)],
  ];
  for (const [index, [hoursAgo, play]] of acts.entries()) {
    clock.set(new Date(now.getTime() - hoursAgo * HOUR));
    await play();
    progress.step('inboxes', index + 1, acts.length);
  }
  clock.set(now);
  const before = new Date(now.getTime() - READ_AFTER_MS).toISOString();
  for (const person of known) await app.get(InboxService).markRead(person.id, { before });
}

const ahead = ({ now }: Stage) => [now, new Date(now.getTime() + WEEKS_AHEAD * 7 * DAY)] as const;

/** Places that they took in workshops to come. */
async function places(stage: Stage, known: readonly DemoPerson[]): Promise<void> {
  const { app } = stage;
  for (const { id: userId } of known) {
    for (const { workshop, as } of await app.get(WorkshopsReader).ofPerson(userId, ...ahead(stage))) {
      if (as !== 'going' && as !== 'waitlisted') continue;
      await tellPlace(stage, { workshopId: workshop.id, userId, what: as === 'going' ? 'registered' : 'waitlisted' });
    }
  }
}

/** Somebody hears now what became of their place. */
async function tellPlace({ app }: Stage, told: { workshopId: string; userId: string; what: PlaceNews }): Promise<void> {
  const { workshopId, userId, what } = told;
  const row = await app.get(RegistrationsRepository).find(idOf(workshopId), idOf(userId));
  if (row?.since)
    await app.get(WorkshopNotices).tellPlaces({ workshopId, at: row.since.getTime(), people: { [what]: [userId] } });
}

/** One waits for the fullest workshop to come, and gets a place when those before have let theirs go. */
async function promotion(stage: Stage, cohort: DemoCohort, [, waiting]: readonly DemoPerson[]): Promise<void> {
  const { app } = stage;
  const reader = app.get(WorkshopsReader);
  const desk = app.get(RegistrationsService);
  if (!waiting) return;
  for (const { id, status, hosts } of await reader.inCohort(cohort.id, ...ahead(stage))) {
    const [line, going] = [await reader.waitingIds(id), await reader.goingIds(id)];
    if (status !== 'published' || line.length === 0 || [...going, ...hosts].includes(waiting.id)) continue;
    await desk.register(memberOf(cohort, waiting), id, { despite: true });
    const before = (await reader.waitingIds(id)).indexOf(waiting.id);
    const leaving = cohort.people.filter((person) => going.includes(person.id)).slice(-before - 1);
    for (const person of leaving) await desk.leave(memberOf(cohort, person), id);
    await tellPlace(stage, { workshopId: id, userId: waiting.id, what: 'promoted' });
    return;
  }
}

async function sessions(stage: Stage, cohort: DemoCohort, known: readonly DemoPerson[]): Promise<void> {
  const [from, to] = ahead(stage).map((day) => day.toISOString());
  for (const person of known.filter(({ role }) => role === 'fellow')) {
    const { items } = await stage.app.get(SessionsService).list(memberOf(cohort, person), { from, to, limit: 3 });
    for (const { id } of items) await stage.app.get(SessionNotices).tellAll(id);
  }
}

async function cancelled(stage: Stage, cohort: DemoCohort): Promise<void> {
  for (const { id, status } of await stage.app.get(WorkshopsReader).inCohort(cohort.id, ...ahead(stage)))
    if (status === 'cancelled') await stage.app.get(WorkshopNotices).tellAll(id);
}

/** Somebody asks each of them for a word in a topic that goes on. */
async function namedInForum(stage: Stage, cohort: DemoCohort, known: readonly DemoPerson[]): Promise<void> {
  const { app } = stage;
  const reader = inRole(cohort, 'staff')[0];
  if (!reader) return;
  const { items } = await app.get(TopicsService).list(memberOf(cohort, reader), { limit: 40, sort: 'latest' });
  const topics = items.filter((topic) => topic.posts > 1);
  for (const [index, person] of known.entries()) {
    const [topic, call, speaker] = [topics[index], forumCalls[index], inRole(cohort, 'fellow')[20 + index]];
    if (!topic || !call || !speaker) continue;
    const body = call.replace('{person}', `<@${person.id}>`);
    const { id } = await app.get(PostsService).reply(memberOf(cohort, speaker), topic.id, { body });
    await app.get(ForumNotices).tell({ what: 'post', topicId: topic.id, postId: id });
  }
}

/** The reminder of the last workshop that lay seven days ahead, at that time. */
async function reminders(stage: Stage, cohort: DemoCohort): Promise<void> {
  const { app, clock, now } = stage;
  const coming = await app.get(WorkshopsReader).inCohort(cohort.id, ...ahead(stage));
  const next = coming.findLast(({ status, startsAt }) => status === 'published' && +startsAt - 7 * DAY <= +now);
  if (!next) return;
  clock.set(new Date(+next.startsAt - 7 * DAY));
  const [subject] = await app.get(WorkshopSubjects).load([{ type: 'workshop', id: next.id, cohortId: cohort.id }]);
  for (const { userId, why } of subject?.people ?? []) {
    const content = await subject?.content(userId, 'd7');
    if (content)
      await app.get(Notifier).notify({
        ...content,
        userIds: [userId],
        cohortId: cohort.id,
        kind: 'workshop.reminder',
        why,
        key: `demo-reminder-${next.id}`,
      });
  }
}

async function namedInChat(stage: Stage, cohort: DemoCohort, known: readonly DemoPerson[]): Promise<void> {
  const { app } = stage;
  for (const [index, person] of known.entries()) {
    const channel = (await app.get(ChannelLists).of(person.id)).find(({ kind }) => kind === 'cohort');
    const [call, speaker] = [chatCalls[index], inRole(cohort, 'fellow')[30 + index]];
    if (!channel || !call || !speaker) continue;
    const body = call.replace('{person}', `<@${person.id}>`);
    const message = await app
      .get(MessagesService)
      .send(actorOf(speaker), channel.id, { clientId: `demo-inbox-${index}`, body });
    await app.get(ChatNotices).tellMessage({ channelId: channel.id, messageId: message.id });
  }
}
