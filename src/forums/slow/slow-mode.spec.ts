import { freeBefore, heldSlow, isHeldBack, lastOfEach, nextAfter, tooSoon } from './slow-mode.js';

const at = (time: string) => new Date(`2026-09-07T${time}:00.000Z`);

describe('slow mode', () => {
  it.each([
    ['there is none', null, false],
    ['it has no last day', { until: null }, true],
    ['its last day is not over', { until: at('12:01') }, true],
    ['its last day is over', { until: at('12:00') }, false],
  ])('%s', (_name, slow, holds) => expect(heldSlow(slow, at('12:00')) !== null).toBe(holds));

  it.each([
    ['fellow', true],
    ['coach', true],
    ['host', true],
    ['staff', false],
  ] as const)('holds back %s: %s', (role, held) => expect(isHeldBack({ role })).toBe(held));

  it('frees the next reply to the minute, and says when', () => {
    expect(freeBefore(at('12:00'), 15)).toEqual(at('11:45'));
    expect(nextAfter(at('11:45'), 15)).toEqual(at('12:00'));
    expect(tooSoon(at('14:05'))).toMatchObject({
      ...{ status: 409, code: 'slow_mode', more: { until: '2026-09-07T14:05:00.000Z' } },
    });
  });

  it('counts the last reply of each, in whatever order they stand', () => {
    const reply = (authorId: string, time: string) => ({ authorId, createdAt: at(time) });
    expect(lastOfEach([reply('zoe', '10:00'), reply('ali', '11:00'), reply('zoe', '09:00')])).toEqual([
      { userId: 'zoe', at: at('10:00') },
      { userId: 'ali', at: at('11:00') },
    ]);
  });
});
