import { createHmac } from 'node:crypto';
import { discreetError, discreetLine } from './discreet.js';

describe('an error in the log', () => {
  it.each([
    ['a duplicate', 'E11000 duplicate key error index: email_1 dup key: { email: "zoe@x.example" }', 'dup key: {...}'],
    ['a value that cannot be cast', 'Cast to date failed for value "my diary" at path "at"', 'for value "..."'],
    ['a body that is no JSON', `Unexpected token in "I am \\"ill\\" today"`, 'token in "..."'],
  ])('given %s, then its words come without what somebody wrote', (_name, message, kept) => {
    const logged = discreetError(new Error(message));
    expect(logged).toMatchObject({ type: 'Error', message: expect.stringContaining(kept) });
    expect(JSON.stringify(logged)).not.toMatch(/zoe|diary|ill/);
  });

  it('given what libraries hang on errors, then only code and status stay', () => {
    const error = Object.assign(new Error('refused'), {
      code: 'EENVELOPE',
      statusCode: 550,
      rejected: ['zoe@x.example'],
      keyValue: { name: 'Zoé' },
      cause: Object.assign(new Error('inner'), { body: 'text' }),
    });
    const logged = discreetError(error);
    expect(logged).toMatchObject({ code: 'EENVELOPE', status: 550, cause: { message: 'inner' } });
    expect(String(logged['stack'])).toContain('discreet.spec');
    expect(JSON.stringify(logged)).not.toMatch(/zoe|Zoé|text"/);
  });

  it('given something thrown that is no error, then only its type', () => {
    expect(discreetError('a secret')).toEqual({ type: 'string' });
  });
});

const ID = '6561f0c2a1b2c3d4e5f60718';
/** As of our links, and as the secret of an address. */
const MAC = createHmac('sha256', 'key').update(ID).digest('base64url');

describe('a line of the log', () => {
  it.each([
    ['550 no mailbox zoé.d-1@ministère.example here', '550 no mailbox [address] here'],
    ['mongodb://cordee:pw@mongo:27017/x failed', 'mongodb://[login]@mongo:27017/x failed'],
    ['redis://:pw@redis:6379', 'redis://[login]@redis:6379'],
    ['token eyJhbGciOi.eyJzdWIi.sig-x ended', 'token [token] ended'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer [token]'],
    [`POST /api/hooks/${MAC}`, 'POST /api/hooks/[secret]'],
    [`POST /api/unsubscribe/${ID}-chat.${MAC}`, `POST /api/unsubscribe/${ID}-chat.[secret]`],
    [`GET /session/${ID}-${ID}.${MAC}?from=mail`, `GET /session/${ID}-${ID}.[secret]?from=mail`],
    [`cordee_refresh=${ID}${MAC}.${MAC}; Path=/`, 'cordee_refresh=[secret].[secret]; Path=/'],
    [`\\n${MAC}\\n`, '\\[secret]\\n'],
    ['signed with whsec_k3y+/k3y= by us', 'signed with [secret] by us'],
    [`GET /calendar/${MAC}.ics`, 'GET /calendar/[secret].ics'],
    ['GET /calendar/:secret.ics', 'GET /calendar/:secret.ics'],
    ['file:///app/node_modules/@nestjs/core/router.js:3', 'file:///app/node_modules/@nestjs/core/router.js:3'],
  ])('given %j, then %j is written', (line, written) => {
    expect(discreetLine(line)).toBe(written);
  });

  it.each([
    ...['invitation', 'reset', 'confirm-address', 'undo-address', 'place', 'guest', 'session', 'api/auth/invitations'],
    ...['api/places', 'api/guests', 'api/session-links', 'a page that comes later'],
  ])('given a link of /%s, then only its id is written', (page) => {
    expect(discreetLine(`GET /${page}/${ID}.${MAC}`)).toBe(`GET /${page}/${ID}.[secret]`);
  });

  it.each([
    ['a job', `account-${ID}-late-2837465`],
    ['two ids', `${ID}-${ID}`],
    ['a request', 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'],
    ['a hash in hex', createHmac('sha256', 'key').update(ID).digest('hex')],
    [
      'a frame',
      '    at RemindersRepository.claimThoseThatAreDue (file:///app/dist/reminders/reminders.repository.js:10:3)',
    ],
  ])('given %s, which helps to find a fault, then it stays', (_name, line) => {
    expect(discreetLine(line)).toBe(line);
  });

  it.each([
    ['a', false],
    ['A', false],
    ['a.', false],
    ['_-', false],
    ['aB-', true],
  ])('given two million characters of %s, then they are read: quadratic time would be an hour', (sign, isSecret) => {
    const line = sign.repeat(2_000_000 / sign.length);
    expect(discreetLine(line) === (isSecret ? '[secret]' : line)).toBe(true);
  });
});
