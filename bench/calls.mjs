import { Types } from 'mongoose';
import { built, insideApp, makeHouse } from './support/house.mjs';
import { aCohort, members } from './support/people.mjs';
import { quantile } from './support/statistics.mjs';
import { timed } from './support/timed.mjs';

const FILES = 2000;
const JURORS = 50;
const PER_FILE = 2;
const DAY = 86_400_000;
const CRAFTS = ['developer', 'designer', 'data'];

/** A call with 2,000 files: saving an answer beside a bare guarded update, the table of files and the results by page, and who reads what. */
export default async function calls({ services, quick }) {
  const house = makeHouse(services, { NODE_ENV: 'test' });
  const app = await insideApp(house);
  try {
    const [{ Migrator }, { getConnectionToken }] = [
      await built('infra/mongo/migrator.js'),
      await import('@nestjs/mongoose'),
    ];
    await app.get(Migrator).run();
    const db = app.get(getConnectionToken());
    const files = quick ? 200 : FILES;
    const call = await aClosedCall(app, db, files);
    return { figures: [await saving(app, db, call), ...(await tables(app, call)), ...(await reviews(app, db, call))] };
  } finally {
    await app.close();
    await house.close();
  }
}

/** Saving an answer of a draft, and the same update by its revision without anything around it. */
async function saving(app, db, { open, draft }) {
  const { ApplicationsService } = await built('calls/applications/applications.service.js');
  const [service, applications] = [app.get(ApplicationsService), db.collection('applications')];
  const shown = { applicationId: String(draft._id), key: draft.key };
  let { revision } = draft;
  const ours = await timed(async () => {
    const saved = await service.save(shown, { revision, answers: { proud: `What I did, ${revision}.` } });
    ({ revision } = saved.application);
  });
  const bareId = open.bareId;
  let bareRevision = 0;
  const bare = await timed(async () => {
    const seen = { _id: bareId, revision: bareRevision };
    const text = `What I did, ${bareRevision}.`;
    bareRevision += 1;
    await applications.updateOne(seen, { $set: { 'answers.proud': text, revision: bareRevision } });
  });
  const mid = quantile(ours, 0.5) / quantile(bare, 0.5);
  return { name: 'saving an answer: p50 beside a bare guarded update', unit: 'x', mid, atMost: 2 };
}

async function tables(app, { actor, callId }) {
  const { ApplicationTables } = await built('calls/applications/application-tables.service.js');
  const { ApplicationsQuery } = await built('contracts/calls/applications.js');
  const service = app.get(ApplicationTables);
  const asked = [
    ['first page of the table', {}],
    ['first page, by name', { sort: 'name' }],
    ['first page of one craft', { craft: 'designer' }],
    ['first page of a search', { q: 'person 1' }],
  ];
  const figures = [];
  for (const [name, query] of asked) {
    const parsed = ApplicationsQuery.parse(query);
    const taken = await timed(() => service.page(actor, callId, parsed));
    figures.push({ name: `${name}: p50`, unit: 'ms', mid: quantile(taken, 0.5), atMost: 50 });
  }
  return figures;
}

/** Two reviews of each file by fifty jurors, given out, and what they come to. */
async function reviews(app, db, { actor, callId, call, fileIds }) {
  const [{ AssignmentService }, { StepsService }, { ResultsService }, { ResultsQuery }] = [
    await built('selection/assignment/assignment.service.js'),
    await built('selection/steps/steps.service.js'),
    await built('selection/results/results.service.js'),
    await built('contracts/selection/results.js'),
  ];
  const step = await app.get(StepsService).create(actor, callId, { name: { en: 'Reading', fr: 'Lecture' } });
  const at = new Date();
  await db.collection('jurors').insertMany(
    Array.from({ length: JURORS }, (_, index) => ({
      ...{ callId: call, cohortId: new Types.ObjectId(actor.cohortId), email: `j${index}@jury${index}.test` },
      ...{ name: `Juror ${index}`, craft: CRAFTS[index % 3], organisation: `o${index % 9}`, locale: 'en' },
      ...{ state: 'joined', key: String(index), invitedAt: at, joinedAt: at, remindedAt: null, held: 0 },
    })),
  );
  const perJuror = Math.ceil((fileIds.length * PER_FILE) / JURORS);
  const since = performance.now();
  await app.get(AssignmentService).assign(actor, callId, { step: step.id, perFile: PER_FILE, perJuror });
  const seconds = (performance.now() - since) / 1000;
  const rows = await db.collection('reviews').find({ callId: call }).toArray();
  await db.collection('reviews').bulkWrite(
    rows.map(({ _id }, index) => ({
      updateOne: {
        filter: { _id },
        update: {
          $set: {
            ...{ state: 'submitted', submittedAt: at, verdict: 'maybe', comment: 'A precise problem.' },
            scores: Object.fromEntries(step.criteria.map(({ key }, place) => [key, 1 + ((index + place) % 4)])),
          },
        },
      },
    })),
    { ordered: false },
  );
  const query = ResultsQuery.parse({ stepId: step.id, line: 30 });
  const results = await timed(() => app.get(ResultsService).get(actor, callId, query), { times: 10 });
  return [
    { name: `${JURORS} jurors, ${PER_FILE} a file: given out and written`, unit: 's', mid: seconds, atMost: 5 },
    { name: 'results of a step, first hundred: p50', unit: 'ms', mid: quantile(results, 0.5), atMost: 1000 },
  ];
}

/** A call that is over, with files that were handed in, and one that is open with a draft. */
async function aClosedCall(app, db, count) {
  const [{ CallsService }, { CallsRepository }] = [
    await built('calls/calls.service.js'),
    await built('calls/calls.repository.js'),
  ];
  const cohortId = await aCohort(app);
  const [userId] = await members(app, cohortId, 'staff', 1);
  const actor = {
    ...{ userId, loginId: userId, isAdmin: false, cohortId, role: 'staff', projectId: null },
    ...{ cohortTimeZone: 'Europe/Paris', cohortState: 'running' },
  };
  const service = app.get(CallsService);
  const published = async () => {
    const made = await service.create(actor, { kind: 'fellows', title: { en: 'Fellows', fr: 'Appel' } });
    const [opensAt, closesAt] = [-DAY, DAY].map((ms) => new Date(Date.now() + ms).toISOString());
    const lead = { en: 'Ten months.', fr: 'Dix mois.' };
    const text = { en: 'The work.', fr: 'Le travail.' };
    const written = await service.update(actor, made.id, { revision: made.revision, opensAt, closesAt, lead, text });
    await service.publish(actor, made.id, written.revision);
    return made.id;
  };
  const [callId, openId] = [await published(), await published()];
  await service.close(actor, callId);
  const [call, open] = [new Types.ObjectId(callId), new Types.ObjectId(openId)];
  const { version } = await app.get(CallsRepository).byId(call);
  const rowOf = (ofCall, index, more) => ({
    ...{ _id: new Types.ObjectId(), callId: ofCall, cohortId: new Types.ObjectId(cohortId), version, revision: 0 },
    ...{ email: `a${index}@people${index}.test`, locale: 'en', timeZone: 'Europe/Paris', key: 'k', state: 'draft' },
    ...{ answers: {}, revisions: {}, createdAt: new Date(), openedAt: new Date(), changedAt: null, submitted: null },
    ...{ withdrawnAt: null, eraseAt: new Date(Date.now() + 90 * DAY), ...more },
  });
  const files = Array.from({ length: count }, (_, index) => {
    const [name, craft] = [`Person ${index}`, CRAFTS[index % 3]];
    const answers = { name, craft, proud: 'I counted. '.repeat(90), failed: 'A form. '.repeat(60) };
    const known = { name, craft, town: 'Lyon', craftName: { en: craft, fr: craft } };
    const number = index + 1;
    return rowOf(call, index, {
      ...{
        state: 'submitted',
        number,
        numberText: `8-${String(number).padStart(4, '0')}`,
        nameKey: name.toLowerCase(),
      },
      words: ['person', String(index), String(number)],
      submitted: { at: new Date(), times: 1, revision: 1, answers, known },
    });
  });
  const [draft, bare] = [rowOf(open, 'x', {}), rowOf(open, 'y', {})];
  await db.collection('applications').insertMany([...files, draft, bare]);
  return { actor, callId, call, fileIds: files.map(({ _id }) => _id), draft, open: { bareId: bare._id } };
}
