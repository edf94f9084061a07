import { type Connection, Types } from 'mongoose';
import { invitationSchema } from '../../src/cohorts/invitations/invitation.schema.js';
import { whereLetterIsFree } from '../../src/cohorts/invitations/letter-state.js';
import { freshDatabase } from '../support/app.js';

/** Of which invitations a letter can be asked for: the one rule, as the database follows it. */
let database: { connection: Connection; drop: () => Promise<void> };
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const at = (time: string) => new Date(`2026-10-13T${time}Z`);
const now = at('10:00:00');

it.each([
  ['kept', {}, true, true],
  ['planned', { mailDueAt: at('12:00:00') }, true, true],
  ['planned, so soon that a worker may have it', { mailDueAt: at('10:00:05') }, false, false],
  ['planned, a moment after that', { mailDueAt: at('10:00:06') }, true, true],
  ['under way', { mailDueAt: at('09:59:30') }, false, false],
  ['tried for more than a minute', { mailDueAt: at('09:59:00') }, true, false],
  ['gone a moment ago', { sentAt: at('09:59:01') }, false, false],
  ['gone a minute ago', { sentAt: at('09:59:00') }, true, false],
  ['gone, and planned again', { sentAt: at('09:00:00'), mailDueAt: at('12:00:00') }, true, false],
  ['refused', { refusedAt: at('09:59:59') }, true, true],
  ['withdrawn', { open: false }, false, false],
])('given one that is %s, then whether a letter may be asked for, and a first one', async (_, row, isFree, isFirst) => {
  const model = database.connection.model('Invitation', invitationSchema);
  const _id = new Types.ObjectId();
  await model.collection.insertOne({ _id, open: true, sentAt: null, ...row });
  expect(await model.countDocuments({ _id, ...whereLetterIsFree(now) })).toBe(Number(isFree));
  expect(await model.countDocuments({ _id, ...whereLetterIsFree(now, { firstOnly: true }) })).toBe(Number(isFirst));
});
