import { Types } from 'mongoose';
import { LinkTokens } from '../../auth/tokens/link-tokens.js';
import type { Config } from '../../config/config.js';
import { shortPassOf } from '../../contracts/workshops/passes.js';
import { Passes } from './passes.js';

const passesOf = (JWT_SECRET: string) => new Passes(new LinkTokens({ JWT_SECRET } as Config));
const passes = passesOf('a secret of a test that is long enough');
const placeOf = (order = 1) => ({ _id: new Types.ObjectId('6561f0c2a1b2c3d4e5f60718'), order });
const workshop = {
  ...{ status: 'published' as const, startsAt: new Date('2026-10-15T08:00Z'), endsAt: new Date('2026-10-15T10:00Z') },
  ...{ onlineCapacity: null, place: 'Room Vercors', link: null },
};
const BEFORE = new Date('2026-10-13T08:00Z');

it('given a pass as it was made, typed anyhow, then it is that of the place; its short form, too', () => {
  const pass = passes.of(placeOf());
  expect(pass).toMatch(/^[0-9A-F]{24}[0-9A-HJKMNP-TV-Z]{14}$/);
  for (const typed of [pass, pass.toLowerCase(), ` ${pass.slice(0, 9)} ${pass.slice(9)}`, pass.replaceAll('0', 'o')]) {
    const read = passes.read(typed);
    expect([read?.kind, read?.isOf(placeOf())]).toEqual(['whole', true]);
  }
  expect(shortPassOf(pass)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  const short = passes.read(shortPassOf(pass).toLowerCase());
  expect([short?.kind, short?.isOf(placeOf()), short?.isOf(placeOf(2))]).toEqual(['short', true, false]);
});

it('given a place that was taken again, then the pass of before is ours and not its own; many turns have many passes', () => {
  const read = passes.read(passes.of(placeOf()));
  expect([read?.isOf(placeOf()), read?.isOf(placeOf(2))]).toEqual([true, false]);
  expect(new Set(Array.from({ length: 3000 }, (_, order) => passes.of(placeOf(order)))).size).toBe(3000);
});

it('given a pass of another secret, or one in which a sign was changed, then it is none', () => {
  const pass = passes.of(placeOf());
  const other = (sign: string) => (sign === '7' ? '8' : '7');
  const forged = Array.from(pass, (sign, index) => pass.slice(0, index) + other(sign) + pass.slice(index + 1));
  const none = [
    ...forged,
    ...['', 'x', `${pass}0`, pass.slice(1), `https://cordee.test/${pass}`, 'U'.repeat(8), 'ÀÉ77-7777', '7'.repeat(38)],
    passesOf('another secret that is long enough').of(placeOf()),
  ];
  expect(none.filter((one) => passes.read(one) !== null)).toEqual([]);
});

it.each([
  ['who goes', 'going', 'onsite', {}, true],
  ['who was missed a moment ago', 'absent', 'onsite', {}, true],
  ['who is here', 'attended', 'onsite', {}, false],
  ['who waits', 'waitlisted', 'onsite', {}, false],
  ['who was offered a place', 'offered', 'onsite', {}, false],
  ['who left', 'cancelled', 'onsite', {}, false],
  [
    'who comes on line, where both are offered',
    'going',
    'online',
    { onlineCapacity: 5, link: 'https://x.example' },
    false,
  ],
  [
    'who comes on site, where both are offered',
    'going',
    'onsite',
    { onlineCapacity: 5, link: 'https://x.example' },
    true,
  ],
  ['who meets on line alone', 'going', 'onsite', { place: null, link: 'https://x.example' }, false],
  ['a place that is not said yet', 'going', 'onsite', { place: null }, true],
  ['one that was called off', 'going', 'onsite', { status: 'cancelled' }, false],
] as const)('given %s, then a pass is shown where somebody at a door needs one', (_name, status, mode, more, shown) => {
  const pass = passes.shown({ ...workshop, ...more }, { ...placeOf(), status, mode }, BEFORE);
  expect(pass !== undefined).toBe(shown);
});

it('given an hour after the end, then there is none any more', () => {
  const going = { ...placeOf(), status: 'going', mode: 'onsite' } as const;
  const shownAt = (now: string) => passes.shown(workshop, going, new Date(now)) !== undefined;
  expect(['2026-10-15T10:59:59Z', '2026-10-15T11:00Z'].map(shownAt)).toEqual([true, false]);
});
