import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { ApplicationsReader, nameOf } from '../../calls/applications/applications-reader.js';
import type { CallRow } from '../../calls/call.schema.js';
import { CallsRepository } from '../../calls/calls.repository.js';
import { closedForGood } from '../../cohorts/cohort-rules.js';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { conflict, invalid, invalidField, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type {
  MyInterview,
  MyInterviews,
  OfferTimes,
  OfferedTimes,
  WriteInterviewNote,
} from '../../contracts/selection/interviews.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { problemsOfScores } from '../reviews/writing.js';
import { editedMeanwhile } from '../steps/steps.service.js';
import { type KnownInterviewer, Interviewers, mustNotSee } from './interviewers.js';
import { InterviewNotesRepository } from './notes/interview-notes.repository.js';
import { isSameNote, judgedBy, notesOf, scoresOf } from './notes/judged.js';
import { hasBegun, isTalkedAbout, sitsOn } from './interview-rules.js';
import type { InterviewRow, NoteRow, PanelRow } from './interview.schema.js';
import { InterviewsRepository } from './interviews.repository.js';
import { Offering } from './offering.service.js';
import { PanelsRepository } from './panels.repository.js';

/** A call on whose panels somebody may sit. */
interface Room {
  call: CallRow;
  cohort: CohortRow;
  people: Map<string, KnownInterviewer>;
  me: KnownInterviewer;
}

/** A panel on which somebody sits. */
type Sitting = Room & { panel: PanelRow };

/** The panels on which a person sits. Each call of it looks anew whether they are a juror, or of the team, still. */
@Injectable()
export class MyInterviewsService {
  constructor(
    private readonly panels: PanelsRepository,
    private readonly interviews: InterviewsRepository,
    private readonly notes: InterviewNotesRepository,
    private readonly interviewers: Interviewers,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly applications: ApplicationsReader,
    private readonly offering: Offering,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async list(userId: string): Promise<MyInterviews> {
    const panels = await this.panels.ofPeople([idOf(userId)]);
    const calls = new Map(panels.map(({ callId }) => [String(callId), callId]));
    const rooms = new Map<string, Room | null>();
    for (const [id, callId] of calls) rooms.set(id, await this.room(userId, callId));
    const sitting = panels.flatMap((panel): Sitting[] => {
      const room = rooms.get(String(panel.callId));
      return room ? [{ ...room, panel }] : [];
    });
    const ids = sitting.map(({ panel }) => panel._id);
    const [times, rows] = await Promise.all([this.interviews.timesOf(ids), this.interviews.ofPanels(ids)]);
    const [files, notes] = await Promise.all([
      this.applications.some(rows.map(({ applicationId }) => applicationId)),
      this.notes.standingsOf(
        rows.map(({ _id }) => _id),
        idOf(userId),
      ),
    ]);
    const fileOf = new Map(files.map((file) => [String(file._id), file]));
    const byId = new Map(rows.map((row) => [String(row._id), row]));
    const mine = new Map(notes.map((note) => [String(note.interviewId), note]));
    const now = this.clock.now();
    const isWaiting = ({ time, applicationId }: InterviewRow, me: KnownInterviewer): boolean => {
      const file = fileOf.get(String(applicationId));
      return time === null && file !== undefined && isTalkedAbout(file, now) && !mustNotSee(me, file);
    };
    return {
      panels: sitting.map(({ panel, call, cohort, people, me }) => {
        const own = rows.filter(({ panelId }) => panelId.equals(panel._id));
        return {
          ...{
            id: String(panel._id),
            name: panel.name,
            minutes: panel.minutes,
            place: panel.place,
            phone: panel.phone,
          },
          ...{ timeZone: call.timeZone, callTitle: call.title, cohort: { name: cohort.name, color: cohort.color } },
          with: panel.memberIds.flatMap((id) => (String(id) === userId ? [] : (people.get(String(id))?.name ?? []))),
          waiting: own.filter((row) => isWaiting(row, me)).length,
          times: times
            .filter(({ panelId }) => panelId.equals(panel._id))
            .flatMap(({ _id, startsAt, endsAt, interviewId }): MyInterviews['panels'][number]['times'] => {
              const row = interviewId && byId.get(String(interviewId));
              const file = row && fileOf.get(String(row.applicationId));
              // Of whom they must not judge, or still read without a name, they do not even hear who it is.
              if (file && mustNotSee(me, file)) return [];
              const time = { id: String(_id), startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
              if (!interviewId) return [{ ...time, interview: null }];
              const who = { number: file?.numberText ?? '', name: file ? nameOf(file) : '' };
              const note = standingOf(mine.get(String(interviewId)));
              const hasMissed = Boolean(row?.missedAt);
              return [{ ...time, interview: { id: String(interviewId), ...who, note, hasMissed } }];
            }),
        };
      }),
    };
  }

  /** Throws 404, 409 `too_many_times`, `interviewer_busy`, `room_taken`, 422. */
  async offer(userId: string, panelId: string, offer: OfferTimes): Promise<OfferedTimes> {
    const id = toId(panelId);
    const panel = id && (await this.panels.byId(id));
    const sitting = panel && (await this.sitting(userId, panel));
    if (!sitting) throw notFound();
    const may = async (now: PanelRow) => (await this.sitting(userId, now)) !== null;
    return { offered: await this.offering.offer(sitting.call, sitting.panel._id, offer, may) };
  }

  /** Throws 404, 409 `cohort_closed`, `too_late`. */
  async takeAway(userId: string, timeId: string): Promise<void> {
    const id = toId(timeId);
    const time = id && (await this.interviews.time(id));
    const panel = time && (await this.panels.byId(time.panelId));
    const sitting = panel && (await this.sitting(userId, panel));
    if (!sitting) throw notFound();
    const row = time.interviewId && (await this.interviews.byId(time.interviewId));
    const [file] = row ? await this.applications.some([row.applicationId]) : [];
    if (file && mustNotSee(sitting.me, file)) throw notFound();
    const may = async (now: PanelRow) => (await this.sitting(userId, now)) !== null;
    await this.offering.takeAway(sitting.call, time._id, idOf(userId), may);
  }

  /** Throws 404. */
  async get(userId: string, interviewId: string): Promise<MyInterview> {
    const { row, time, sitting } = await this.load(userId, interviewId);
    const { panel, call, people } = sitting;
    const [whole, notes] = await Promise.all([this.applications.whole(row.applicationId), this.notes.of([row._id])]);
    if (!whole) throw notFound();
    const fields = whole.form.fields.filter(({ kind }) => kind !== 'file');
    const shown = new Set(fields.map(({ key }) => key));
    const { answers, known } = whole.file.submitted;
    const mine = notes.find(({ authorId }) => String(authorId) === userId);
    const others = notes.filter(({ authorId }) => String(authorId) !== userId);
    const called = await this.interviewers.called(
      people,
      others.map(({ authorId }) => authorId),
    );
    return {
      ...{ id: String(row._id), number: whole.file.numberText ?? '', name: known.title ?? known.name ?? '' },
      ...{ startsAt: time.startsAt.toISOString(), endsAt: time.endsAt.toISOString(), timeZone: call.timeZone },
      panel: { id: String(panel._id), name: panel.name, place: panel.place, phone: panel.phone },
      call: { title: call.title, slug: call.slug },
      file: {
        form: { version: whole.form.version, fields },
        answers: Object.fromEntries(Object.entries(answers).filter(([key]) => shown.has(key))),
      },
      ...judgedBy(call),
      missedAt: row.missedAt?.toISOString() ?? null,
      note: {
        ...{ text: mine?.text ?? '', scores: scoresOf(mine ?? {}, call), verdict: mine?.verdict ?? null },
        revision: mine?.revision ?? 0,
        submittedAt: mine?.submittedAt?.toISOString() ?? null,
      },
      abilities: { mark: hasBegun(time, this.clock.now()) && !notes.some(({ submittedAt }) => submittedAt) },
      others: mine?.submittedAt ? notesOf(others, called, call) : null,
    };
  }

  /** Throws 404, 409 `cohort_closed`, `edited_meanwhile`, `note_submitted`, `missed`, 422 `/text` `required`, `/scores/<key>` `unknown`, `out_of_range`. */
  async write(userId: string, interviewId: string, note: WriteInterviewNote): Promise<MyInterview> {
    const { row, sitting } = await this.load(userId, interviewId);
    const { revision, text, scores, verdict, submit } = note;
    if (submit && text === '') throw invalidField('/text', 'required');
    const problems = problemsOfScores(judgedBy(sitting.call), scores);
    if (problems.length > 0) throw invalid(problems);
    const now = this.clock.now();
    const change = { text, scores, verdict, changedAt: now, submittedAt: submit ? now : null };
    await this.transactions.run(async (session) => {
      if (!(await this.cohorts.hold(sitting.cohort._id, session))) throw closedForGood();
      // It is called off before this, or after: then it is not, since something is handed in.
      const panel = await this.panels.hold(row.panelId, session);
      if (!panel || !(await this.sitting(userId, panel))) throw notFound();
      const talk = await this.interviews.byId(row._id, session);
      if (!talk?.time || !talk.panelId.equals(row.panelId)) throw notFound();
      if (submit && talk.missedAt) throw conflict('missed', 'Nobody came to this interview: take that back first.');
      const there = await this.notes.own(row._id, idOf(userId), session);
      const isSeen = (there?.revision ?? 0) === revision;
      if (isSeen && (await this.notes.write(row, idOf(userId), revision, change, session))) return;
      // The same, sent twice.
      const isSame = there?.revision === revision + 1 && isSameNote(there, note);
      if (!isSame)
        throw there?.submittedAt
          ? conflict('note_submitted', 'This note is handed in: it stays as it is.')
          : editedMeanwhile();
    });
    return await this.get(userId, interviewId);
  }

  /** An interview that has a time, for who sits there and may judge the file. Throws 404. */
  async load(
    userId: string,
    interviewId: string,
  ): Promise<{ row: InterviewRow; time: NonNullable<InterviewRow['time']>; sitting: Sitting }> {
    const id = toId(interviewId);
    const row = id && (await this.interviews.byId(id));
    const panel = row && (await this.panels.byId(row.panelId));
    const sitting = panel && (await this.sitting(userId, panel));
    const [file] = sitting ? await this.applications.some([row.applicationId]) : [];
    if (!sitting || !file || !row.time || mustNotSee(sitting.me, file)) throw notFound();
    return { row, time: row.time, sitting };
  }

  /** Null where they do not sit there, have left, or the cohort is over. */
  async sitting(userId: string, panel: PanelRow): Promise<Sitting | null> {
    if (!sitsOn(panel, userId)) return null;
    const room = await this.room(userId, panel.callId);
    return room && { ...room, panel };
  }

  /** Null for who is no juror there, and not of the team, and of a cohort that is over. */
  private async room(userId: string, callId: Types.ObjectId): Promise<Room | null> {
    const call = await this.calls.byId(callId);
    const cohort = call && (await this.cohorts.byId(call.cohortId));
    if (!call || cohort?.state !== 'running') return null;
    const people = await this.interviewers.ofCall(call);
    const me = people.get(userId);
    return me ? { call, cohort, people, me } : null;
  }
}

const standingOf = (note: Pick<NoteRow, 'submittedAt'> | undefined) =>
  note ? (note.submittedAt ? 'submitted' : 'begun') : 'none';
