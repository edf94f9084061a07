import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { ForumLevel } from '../../contracts/forums.js';
import { toIds } from '../../infra/mongo/ids.js';
import { type TopicRef, TopicsReader } from '../../forums/topics-reader.js';
import type { LoadedSubject, SubjectRef, SubjectSource } from './subject-source.js';

/** Questions that nobody has answered: whoever watches them or is of a craft they name, then staff; nobody who has muted them. */
@Injectable()
export class TopicSubjects implements SubjectSource {
  readonly type = 'topic' as const;
  readonly followsCohort = true;

  constructor(
    private readonly topics: TopicsReader,
    private readonly cohorts: CohortsRepository,
    private readonly members: Members,
    private readonly people: People,
  ) {}

  async load(refs: readonly SubjectRef[]): Promise<LoadedSubject[]> {
    const [topics, cohorts] = await Promise.all([
      this.topics.byIds(refs.map((ref) => ref.id)),
      this.cohorts.byIds(toIds([...new Set(refs.map((ref) => ref.cohortId))])),
    ]);
    const running = cohorts.filter(({ state }) => state === 'running').map(({ _id }) => String(_id));
    const open = topics.filter(({ state, cohortId }) => state === 'unanswered' && running.includes(cohortId));
    const asking = [...new Set(open.map(({ cohortId }) => cohortId))];
    const [circles, levels] = await Promise.all([
      Promise.all(asking.map(async (cohortId) => [cohortId, await this.circleOf(cohortId)] as const)),
      this.topics.levelsOf(open),
    ]);
    const circleOf = new Map(circles);
    return topics.map((topic): LoadedSubject => {
      const isLive = open.includes(topic);
      const circle = circleOf.get(topic.cohortId);
      return {
        ...{ type: this.type, id: topic.id, cohortId: topic.cohortId, title: topic.title, titleKey: null },
        revision: 0,
        isLive,
        time: { askedAt: topic.createdAt, waitingSince: topic.createdAt },
        people: isLive && circle ? whoIsReminded(topic, circle, levels.get(topic.id) ?? new Map()) : [],
        content: async (_userId, rung) => ({
          link: `/c/${topic.cohortId}/forum/${topic.id}`,
          params: {
            ...{ topicId: topic.id, title: topic.title, sinceAt: topic.createdAt.toISOString(), rung },
            by: (await this.people.faces([topic.authorId]))[0]?.name ?? '',
          },
        }),
      };
    });
  }

  async ofPerson(userId: string): Promise<SubjectRef[]> {
    const memberships = await this.members.ofPerson(userId);
    const open = await Promise.all(memberships.map(({ cohortId }) => this.ofCohort(cohortId)));
    return open.flat();
  }

  async ofCohort(cohortId: string): Promise<SubjectRef[]> {
    const open = await this.topics.unanswered(cohortId);
    return open.map(({ id }) => ({ type: this.type, id, cohortId }));
  }

  private async circleOf(cohortId: string): Promise<Circle> {
    const members = await this.members.list(cohortId);
    const crafts = await this.people.craftsOf(members.map(({ userId }) => userId));
    return members.map(({ userId, role }) => ({
      userId,
      isStaff: role === 'staff',
      craft: crafts.get(userId) ?? null,
    }));
  }
}

type Circle = { userId: string; isStaff: boolean; craft: string | null }[];

type Levels = ReadonlyMap<string, { level: ForumLevel }>;

/** Members alone; staff are told as staff, whatever they watch. Nobody is of a question of their own, or of one that they muted. */
function whoIsReminded(topic: TopicRef, circle: Circle, levels: Levels): LoadedSubject['people'] {
  const others = circle.filter(({ userId }) => userId !== topic.authorId);
  return others.flatMap(({ userId, isStaff, craft }) => {
    const level = levels.get(userId)?.level;
    if (level === 'muted') return [];
    if (isStaff) return [{ userId, why: 'staff' }];
    if (level === 'watching') return [{ userId, why: 'watching' }];
    return craft !== null && topic.tags.includes(craft) ? [{ userId, why: 'craft' }] : [];
  });
}
