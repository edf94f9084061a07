import { Email, Line } from './primitives.js';

describe('one line of text', () => {
  const name = Line(20);

  it.each([
    ['  Zoë \r\n Bcc:\tx ', 'Zoë Bcc: x'],
    ['Zoe\u0301', 'Zoé'],
    ['محمد بن علي', 'محمد بن علي'],
    ['👩🏽‍🚀 Ana', '👩🏽‍🚀 Ana'],
    ['user\u202egnp.exe', 'user gnp.exe'],
    ['a\u0000b\u2028c', 'a b c'],
  ])('%j is kept as %j', (given, kept) => {
    expect(name.parse(given)).toBe(kept);
  });

  it.each([
    '',
    ' \n ',
    '\u200b\u200d',
    '\u3164',
    '\u2800 \u115f',
    '\u1160\uffa0',
    '\u0301',
    '\u202e',
    'x'.repeat(21),
    'x'.repeat(100_000),
  ])('given %j, then it is refused', (given) => {
    expect(name.safeParse(given).success).toBe(false);
  });

  it('may be empty where the field says so', () => {
    expect(Line(20, 0).parse(' \u200b ')).toBe('');
  });
});

describe('an address', () => {
  it('is one in whatever case it is written', () => {
    expect(Email.parse('  Ana.LE@Example.ORG ')).toBe('ana.le@example.org');
  });
  it.each(['a@@b.c', 'a@b', 'a b@c.de', 'a@b.de\r\nBcc: x@y.de', `${'a'.repeat(250)}@b.de`])('%j is none', (given) => {
    expect(Email.safeParse(given).success).toBe(false);
  });
});
