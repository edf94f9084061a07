import { NotHandedOver, handOverOf } from './hand-over.js';

const failed = (hasBegun: boolean, cause: Record<string, unknown>) =>
  handOverOf(new NotHandedOver(hasBegun, Object.assign(new Error('no'), cause)));

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
    expect(handOverOf(new Error('out of memory'))).toBe('unknown');
  });
});
