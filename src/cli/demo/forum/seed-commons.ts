import { CommonsOpening } from '../../../commons/opening/commons-opening.js';
import { CommonsStandings } from '../../../commons/opening/commons-standings.js';
import { CommonsWriting } from '../../../commons/posts/commons-writing.js';
import { TopicsService } from '../../../forums/topics.service.js';
import { type DemoCohort, type Stage, actorOf, inRole, memberOf } from '../stage.js';
import { at } from '../times.js';
import { answered } from './topics.content.js';

/** Topics by their place in `answered`, and what somebody of another cohort says to them. */
const OPENED: readonly (readonly [index: number, reply: string])[] = [
  [0, 'Same on the island: the secretary general signed, after a lunch. Start with the person, then the text.'],
  [
    3,
    'Our security officer said no by mail and yes in the corridor. Ask for ten minutes, with the one page in your hand.',
  ],
  [
    5,
    'The departmental archives of Finistère have the table as a spreadsheet by now. I can bring you together with them.',
  ],
];

/** Three topics that the cohort opened to all others, with what each gave of their own words, and a reply from another cohort. */
export async function seedCommons(stage: Stage, cohort: DemoCohort, others: DemoCohort): Promise<void> {
  const { app, clock, now } = stage;
  const [staff] = inRole(cohort, 'staff');
  const neighbours = inRole(others, 'fellow');
  if (!staff) return;
  for (const [place, [index, reply]] of OPENED.entries()) {
    const text = answered[index];
    if (!text) continue;
    const [title, , , ...answers] = text;
    clock.set(at(stage, -1, place, 9));
    const { items } = await app.get(TopicsService).list(memberOf(cohort, staff), { q: title, limit: 1 });
    const topicId = items[0]?.id;
    if (!topicId) continue;
    const commonsTopicId = await openedBy(stage, cohort, topicId, answers);
    const neighbour = neighbours[place % neighbours.length];
    clock.set(at(stage, -1, place + 1, 14));
    if (commonsTopicId && neighbour)
      await app.get(CommonsWriting).reply(actorOf(neighbour), commonsTopicId, { body: reply });
  }
  clock.set(now);
}

/** Its author opens it, and who answered gives what they wrote for it. Returns its id in the commons. */
async function openedBy(
  { app }: Stage,
  cohort: DemoCohort,
  topicId: string,
  answers: readonly string[],
): Promise<string | null> {
  const people = cohort.people.map((person) => memberOf(cohort, person));
  const parts = await Promise.all(
    people.map(async (actor) => ({ actor, ...(await app.get(CommonsStandings).of(actor, topicId)) })),
  );
  const author = parts.find(({ part }) => part === 'author');
  if (!author) return null;
  const wrote = parts.filter(({ part }) => part === 'writer');
  await app.get(CommonsOpening).carry(
    author.actor,
    topicId,
    author.mine.filter(({ state }) => state === 'free').map(({ id }) => id),
  );
  for (const { actor, mine } of wrote) {
    const given = mine.filter(({ body }) => answers.includes(body)).map(({ id }) => id);
    if (given.length > 0) await app.get(CommonsOpening).carry(actor, topicId, given);
  }
  return (await app.get(CommonsStandings).of(author.actor, topicId)).commonsTopicId;
}
