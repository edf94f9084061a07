import { HOUR, MINUTE } from '../../common/times/clock.js';
import { MAX_DELIVERY_ATTEMPTS, DeliveryFailed, answerOf, failureOf, pauseAfter } from './delivery-failure.js';

const failed = (hasBegun: boolean, cause: Record<string, unknown>) =>
  failureOf(new DeliveryFailed(hasBegun, Object.assign(new Error('no'), cause)));

describe('what is known of a mail that was not handed over', () => {
  it.each([
    ['the server does not know the mailbox', false, { responseCode: 550, command: 'RCPT TO' }, 'refused'],
    ['the server refuses the text', true, { responseCode: 554, command: 'DATA' }, 'refused'],
    ['an address that is none', false, { code: 'EENVELOPE', command: 'API' }, 'refused'],
    ['greylisting', false, { responseCode: 451, command: 'RCPT TO' }, 'later'],
    ['the server takes back its yes after the text', true, { responseCode: 452, command: 'DATA' }, 'later'],
    ['the server goes in the middle of it, and says so', true, { responseCode: 421, command: 'CONN' }, 'later'],
    ['nobody answers', false, { code: 'ESOCKET', command: 'CONN' }, 'later'],
    ['an unknown host', false, { code: 'EDNS', command: 'CONN' }, 'later'],
    ['a time-out before the text', false, { code: 'ETIMEDOUT', command: 'CONN' }, 'later'],
    ['a time-out after the text', true, { code: 'ETIMEDOUT', command: 'CONN' }, 'unknown'],
    ['the connection reset in the middle of the text', true, { code: 'ESOCKET', command: 'CONN' }, 'unknown'],
    ['the connection closed after the text', true, { code: 'ECONNECTION', command: 'CONN' }, 'unknown'],
  ])('given %s, then it says so', (_, hasBegun, cause, expected) => {
    expect(failed(hasBegun, cause)).toBe(expected);
  });

  it('given an error from elsewhere, then nothing is known', () => {
    expect(failureOf(new Error('out of memory'))).toBe('unknown');
  });
});

describe('how the server answered', () => {
  it.each([
    ['250 2.0.0 Ok: queued as 4TxYz', '250 2.0.0'],
    ['550-5.1.1 <ines@agency.example> does not exist', '550 5.1.1'],
    ['450 try later, ines@agency.example', '450'],
    ['ines@agency.example is unknown', null],
  ])('given %s, then its codes and no word of it', (response, codes) => {
    expect(answerOf(response)).toBe(codes);
    expect(answerOf(new DeliveryFailed(false, Object.assign(new Error('no'), { response })))).toBe(codes);
  });

  it('given no answer, then none', () => {
    expect([answerOf(undefined), answerOf(new Error('reset')), answerOf(new DeliveryFailed(true, null))]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('when a mail is tried again', () => {
  it('given one try after another, then the pauses double up to an hour, and end', () => {
    const pauses = Array.from({ length: MAX_DELIVERY_ATTEMPTS }, (_, index) => pauseAfter(index + 1));
    expect(pauses.slice(0, 7).map((pause) => pause! / MINUTE)).toEqual([1, 2, 4, 8, 16, 32, 60]);
    expect(pauses.slice(7, -1).every((pause) => pause === HOUR)).toBe(true);
    expect([pauses.at(-1), pauseAfter(MAX_DELIVERY_ATTEMPTS + 1)]).toEqual([null, null]);
  });

  it('given all pauses, then a server may be away for a night shift and gets the mail all the same', () => {
    let sum = 0;
    for (let attempts = 1; pauseAfter(attempts) !== null; attempts += 1) sum += pauseAfter(attempts)!;
    expect(sum).toBeGreaterThan(6 * HOUR);
    expect(sum).toBeLessThan(8 * HOUR);
  });
});
