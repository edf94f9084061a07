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

describe('a line of the log', () => {
  it.each([
    ['550 no mailbox zoé.d-1@ministère.example here', '550 no mailbox [address] here'],
    ['mongodb://cordee:pw@mongo:27017/x failed', 'mongodb://[login]@mongo:27017/x failed'],
    ['redis://:pw@redis:6379', 'redis://[login]@redis:6379'],
    ['token eyJhbGciOi.eyJzdWIi.sig-x ended', 'token [token] ended'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer [token]'],
    ['GET /invitation/6561f0c2a1b2c3d4e5f60718.k3yK3y', 'GET /invitation/[secret]'],
    ['POST /api/hooks/k3yk3yk3yk3yk3yk3y', 'POST /api/hooks/[secret]'],
    ['GET /confirm-address/6561f0c2a1b2c3d4e5f60718.k3yK3y', 'GET /confirm-address/[secret]'],
    ['POST /api/unsubscribe/6561f0c2a1b2c3d4e5f60718-chat.k3yK3y', 'POST /api/unsubscribe/[secret]'],
    ['signed with whsec_k3y+/k3y= by us', 'signed with [secret] by us'],
    ['GET /calendar/k3yk3yk3yk3yk3yk3y.ics', 'GET /calendar/[secret]'],
    ['GET /calendar/:secret.ics', 'GET /calendar/:secret.ics'],
    ['file:///app/node_modules/@nestjs/core/router.js:3', 'file:///app/node_modules/@nestjs/core/router.js:3'],
  ])('given %j, then %j is written', (line, written) => {
    expect(discreetLine(line)).toBe(written);
  });
});
