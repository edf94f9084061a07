import { MovableClock } from '../../common/times/clock.js';
import { parseConfig } from '../../config/config.js';
import { ANSWERED, MailAddresses } from './mail-addresses.js';

const clock = new MovableClock(new Date('2026-10-13T09:45:00.000Z'));
const addresses = (domain: string, secret = 'x'.repeat(32)) =>
  new MailAddresses(
    parseConfig({
      ...{ NODE_ENV: 'test', MONGODB_URI: 'mongodb://localhost/x', REDIS_URL: 'redis://localhost' },
      ...{ JWT_SECRET: secret, MAIL_REPLY_DOMAIN: domain, ...(domain !== '' && { MAIL_IN_PORT: '2525' }) },
    }),
    clock,
  );
const [A, B] = ['0123456789abcdef01234567', 'fedcba9876543210fedcba98'];
const ours = addresses('reply.cordee.test');

describe('addresses for what comes back by mail', () => {
  it.each(ANSWERED)('given an answer to %s, then the address says to what and by whom, within 64 characters', (to) => {
    const address = ours.answer(to, A, B)!;
    expect(address.split('@')[0]!.length).toBeLessThanOrEqual(64);
    const place = { what: 'answer', to, subjectId: A, userId: B, hasEnded: false };
    expect([ours.read(address), ours.read(address.toUpperCase())]).toEqual([place, place]);
  });

  it('given one letter changed, another secret, another domain or two signs, then it is none of ours', () => {
    const address = ours.answer('t', A, B)!;
    for (let at = 0; at < address.indexOf('@'); at += 1) {
      const other = address[at] === '0' ? '1' : '0';
      expect(ours.read(address.slice(0, at) + other + address.slice(at + 1))).toBeNull();
    }
    expect(addresses('reply.cordee.test', 'y'.repeat(32)).read(address)).toBeNull();
    expect(addresses('other.test').read(address)).toBeNull();
    for (const wrong of ['', '@', `${address}@reply.cordee.test`, 'no-reply@reply.cordee.test'])
      expect(ours.read(wrong)).toBeNull();
  });

  it('given 90 days, then it has ended on the day after', () => {
    const address = ours.answer('t', A, B)!;
    const endedOn = (instant: string) => {
      clock.set(new Date(instant));
      return (ours.read(address) as { hasEnded: boolean }).hasEnded;
    };
    expect([endedOn('2027-01-11T23:59:00.000Z'), endedOn('2027-01-12T00:00:00.000Z')]).toEqual([false, true]);
    clock.set(new Date('2026-10-13T09:45:00.000Z'));
  });

  it('given the news that an address does not work, then it counts for that address only', () => {
    const place = ours.read(ours.bounce(A, 'ines@b.test')!);
    if (place?.what !== 'bounce') throw new Error('not a bounce');
    expect(place.userId).toBe(A);
    expect([ours.isBounceOf(place, 'ines@b.test'), ours.isBounceOf(place, 'new@b.test')]).toEqual([true, false]);
  });

  it('given a letter, then its return path is its own, for two weeks; no part of it can be changed', () => {
    const address = ours.bounce(A, 'ines@b.test')!;
    expect(address.split('@')[0]!.length).toBeLessThanOrEqual(64);
    const placeOf = (one: string) => {
      const place = ours.read(one);
      return place?.what === 'bounce' && ours.isBounceOf(place, 'ines@b.test') ? place : null;
    };
    expect(placeOf(address.toUpperCase())).toMatchObject({ userId: A, writtenAt: clock.now(), hasEnded: false });
    for (let at = 0; at < address.indexOf('@'); at += 1) {
      const other = address[at] === '0' ? '1' : '0';
      expect(placeOf(address.slice(0, at) + other + address.slice(at + 1))).toBeNull();
    }
    clock.advance(1000);
    expect(ours.bounce(A, 'ines@b.test')).not.toBe(address);
    clock.set(new Date('2026-10-27T09:45:00.000Z'));
    expect(placeOf(address)).toMatchObject({ hasEnded: false });
    clock.advance(1000);
    expect(placeOf(address)).toMatchObject({ hasEnded: true });
    clock.set(new Date('2026-10-13T09:45:00.000Z'));
  });

  it('given no domain, then there are none', () => {
    expect([
      addresses('').answer('t', A, B),
      addresses('').bounce(A, 'a@b.test'),
      addresses('').read(ours.answer('t', A, B)!),
    ]).toEqual([undefined, undefined, null]);
  });
});
