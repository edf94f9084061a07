import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import type { Goal, ListedGoal } from '../../contracts/mentoring/goals.js';
import type { Person } from '../../contracts/primitives.js';
import { named } from '../notes/note-view.js';
import { type GoalSubject, abilities, inOrder, standingOf } from './goal.js';
import type { GoalRow, ListedRow } from './goal.schema.js';

/** What the policy knows of a row. */
export const subjectOf = (row: ListedRow): GoalSubject => ({
  coachId: String(row.coachId),
  fellowId: String(row.fellowId),
  authorId: String(row.authorId),
  readers: row.readers.map(String),
  state: row.state,
  isRecorded: row.course.length > 0,
});

/** Makes replies of goals, for their readers alone. One query for any number of them. */
@Injectable()
export class GoalsPresenter {
  constructor(private readonly people: People) {}

  async one(actor: CohortActor, row: GoalRow): Promise<Goal> {
    const faces = await this.people.byId([...idsIn(row), ...row.course.map(({ byId }) => String(byId))]);
    const [listed] = listedOf(actor, [row], faces);
    if (!listed) throw new Error('a goal was shown to who is no reader of it');
    const course = inOrder(row.course).map(({ id, on, value, words, byId, createdAt }) => ({
      ...{ id: String(id), on, value, words },
      by: faceOf(faces, String(byId)),
      createdAt: createdAt.toISOString(),
      abilities: { takeBack: listed.abilities.record && byId.equals(actor.userId) },
    }));
    return { ...listed, course };
  }

  async many(actor: CohortActor, rows: readonly ListedRow[]): Promise<ListedGoal[]> {
    return listedOf(actor, rows, await this.people.byId(rows.flatMap(idsIn)));
  }
}

type Faces = ReadonlyMap<string, Person>;

/** An erased person keeps their place as an id without a name. */
const faceOf = (faces: Faces, id: string): Person => faces.get(id) ?? { id, name: '', avatarUrl: null };

function listedOf(actor: CohortActor, rows: readonly ListedRow[], faces: Faces): ListedGoal[] {
  const face = (id: string) => faceOf(faces, id);
  return rows.flatMap((row) => {
    const may = abilities(actor, subjectOf(row));
    if (!may) return [];
    return {
      id: String(row._id),
      cohortId: String(row.cohortId),
      coach: face(String(row.coachId)),
      fellow: face(String(row.fellowId)),
      authorId: String(row.authorId),
      title: row.title,
      why: row.why,
      measure: row.measure,
      until: row.until ?? null,
      state: row.state,
      standing: standingOf(row.measure, row.course),
      audience: row.audience,
      readers: named(row.readers.map(String), faces),
      createdAt: row.createdAt.toISOString(),
      endedAt: row.endedAt?.toISOString() ?? null,
      revision: row.revision,
      abilities: may,
    };
  });
}

const idsIn = ({ coachId, fellowId, readers }: ListedRow): string[] => [coachId, fellowId, ...readers].map(String);
