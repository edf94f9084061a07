import { NotificationKind } from '../../../../../src/contracts/notifications/notifications';
import { isWaiting } from '../../../../../src/contracts/notifications/waiting';
import type { Notification } from '../../../api/types';
import { actsOf, isAnswered } from './row-acts';

const notice = (kind: Notification['kind'], params: object = {}, rest: Partial<Notification> = {}) =>
  ({ kind, params, cohortId: 'c1', place: 'inbox', ...rest }) as Notification;

describe('actsOf', () => {
  it.each([
    ['workshop.offered', { workshopId: 'w' }, { acts: ['take', 'pass'], link: null }],
    ['wish.planned', { workshopId: 'w' }, { acts: ['join'], link: null }],
    ['request.asked', { requestId: 'r' }, { acts: ['accept'], link: 'reply' }],
    ['request.question', { requestId: 'r' }, { acts: [], link: 'reply' }],
    ['slot.free', {}, { acts: [], link: 'book' }],
    ['contact.reminder', { part: 'coach' }, { acts: [], link: null }],
    ['contact.reminder', { part: 'fellow' }, { acts: [], link: 'book' }],
    ['milestone.reminder', {}, { acts: [], link: null }],
  ] as const)('given %s, then it offers what can be done', (kind, params, offered) => {
    expect(actsOf(notice(kind, params))).toEqual(offered);
  });

  it('given a notice without the thing that it is about, or out of the inbox, then nothing is done in its row', () => {
    expect(actsOf(notice('workshop.offered')).acts).toEqual([]);
    expect(actsOf(notice('wish.planned', { workshopId: 'w' }, { cohortId: null })).acts).toEqual([]);
    expect(actsOf(notice('request.asked', { requestId: 'r' }, { place: 'done' }))).toEqual({ acts: [], link: null });
  });

  it('given any kind, then what can be done in its row waits for its reader', () => {
    for (const kind of NotificationKind.options) {
      const { acts } = actsOf(notice(kind, { workshopId: 'w', requestId: 'r' }));
      if (acts.length > 0) expect([kind, isWaiting(kind)]).toEqual([kind, true]);
    }
  });
});

describe('isAnswered', () => {
  it('given words of somebody, then they can be answered while they are in the inbox', () => {
    expect(isAnswered({ kind: 'chat.mentioned', place: 'inbox' })).toBe(true);
    expect(isAnswered({ kind: 'chat.mentioned', place: 'done' })).toBe(false);
    expect(isAnswered({ kind: 'workshop.moved', place: 'inbox' })).toBe(false);
  });
});
