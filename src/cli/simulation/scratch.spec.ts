import { Types } from 'mongoose';
import { COPIED, copyOf } from './copied.js';
import { uriWith } from './scratch.js';

describe('the address of the copy', () => {
  it.each([
    ['mongodb://localhost:27017/cordee', 'mongodb://localhost:27017/copy'],
    ['mongodb://localhost:27017', 'mongodb://localhost:27017/copy'],
    ['mongodb://a:1,b:2/cordee?replicaSet=rs0', 'mongodb://a:1,b:2/copy?replicaSet=rs0'],
    ['mongodb://me:secret@db/cordee', 'mongodb://me:secret@db/copy?authSource=cordee'],
    ['mongodb://me:secret@db/?replicaSet=rs0', 'mongodb://me:secret@db/copy?replicaSet=rs0&authSource=admin'],
    ['mongodb+srv://me:secret@db/cordee?authSource=admin', 'mongodb+srv://me:secret@db/copy?authSource=admin'],
  ])('given %s, then it is %s', (uri, copy) => {
    expect(uriWith(uri, 'copy')).toBe(copy);
  });
});

describe('a row in the copy', () => {
  const cohort = {
    cohortId: new Types.ObjectId(),
    userIds: [],
    topicIds: [],
    begins: new Date('2026-08-18T00:00:00Z'),
  };
  const copied = (collection: string, row: Record<string, unknown>) => {
    const one = COPIED.find((each) => each.collection === collection)!;
    return copyOf({ _id: new Types.ObjectId(), ...row }, one, cohort);
  };

  it('given a person, then nothing comes along by which they could be reached or sign in', () => {
    const row = copied('users', {
      ...{ name: 'Jonas', email: 'jonas@example.org', passwordHash: 'x', isAdmin: true, avatar: 'a' },
      ...{ status: { text: 'ill' }, quietUntil: new Date(), timeZone: 'Europe/Paris', locale: 'fr' },
    });
    expect(row).toMatchObject({ name: 'Jonas', timeZone: 'Europe/Paris', locale: 'fr', passwordHash: null });
    expect(row['email']).toBe(`${String(row._id)}@simulation.invalid`);
    expect(JSON.stringify(row)).not.toMatch(/example\.org|ill|quietUntil|isAdmin/);
  });

  it.each(['invitations', 'workshop-guests'])('given a row of %s, then its address is none', (collection) => {
    const row = copied(collection, { email: 'guest@example.org', name: 'Guest' });
    expect(row).toMatchObject({ name: 'Guest', email: `${String(row._id)}@simulation.invalid` });
  });

  it('given what is over, then it is to come', () => {
    expect(copied('sessions', { status: 'held' })['status']).toBe('scheduled');
    expect(copied('sessions', { status: 'cancelled' })['status']).toBe('cancelled');
    expect(copied('registrations', { status: 'attended' })['status']).toBe('going');
    expect(copied('registrations', { status: 'waitlisted' })['status']).toBe('waitlisted');
  });

  it('given a change after the simulation begins, then it was before it', () => {
    expect(copied('workshops', { changedAt: new Date('2026-11-01T00:00:00Z') })['changedAt']).toEqual(cohort.begins);
  });

  it('given the list, then nothing in it holds logins, devices, addresses outside, messages or notes', () => {
    const names = COPIED.map(({ collection }) => collection).join(' ');
    expect(names).not.toMatch(/login|push|webhook|outside|message|note|post|file|calendar-feed|secret|import/);
  });
});
