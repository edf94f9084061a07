import { ageOf, quoted, tokensToTyped, typedToTokens, waitTone, withMentions } from './forum';

const NOW = Date.parse('2026-10-13T09:45:00Z');
const ago = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();
const ZOE = '65f000000000000000000001';

describe('an unanswered topic', () => {
  it.each([
    [5, undefined],
    [48, 'wait'],
    [95.9, 'wait'],
    [96, 'alert'],
  ])('after %d hours', (hours, tone) => expect(waitTone(ago(hours), NOW)).toBe(tone));

  it('says its age in days and hours, and never less than nothing', () => {
    expect(ageOf(ago(99.5), NOW)).toEqual({ days: 4, hours: 3, minutes: 30 });
    expect(ageOf(ago(-1), NOW)).toEqual({ days: 0, hours: 0, minutes: 0 });
  });
});

describe('a text', () => {
  it('links who is named, and leaves what names nobody', () => {
    const body = `Ask <@${ZOE}> or <@65f000000000000000000002>`;
    expect(withMentions(body, [{ id: ZOE, name: 'Zoé [x]', avatarUrl: null }], 'c7')).toBe(
      `Ask [@Zoé x](/c/c7/people/${ZOE}) or <@65f000000000000000000002>`,
    );
  });

  it('is quoted line by line, with names and no ids', () => {
    const mentions = [{ id: ZOE, name: 'Zoé', avatarUrl: null }];
    expect(quoted({ body: `one\n\nask <@${ZOE}>\n`, mentions })).toBe('> one\n> \n> ask @Zoé\n\n');
  });

  it('is changed with names, and names the same people after', () => {
    const mentions = [{ id: ZOE, name: 'Zoé', avatarUrl: null }];
    const body = `Ask <@${ZOE}> or <@65f000000000000000000002>`;
    const typed = tokensToTyped(body, mentions);
    expect(typed).toBe('Ask @Zoé or <@65f000000000000000000002>');
    expect(typedToTokens(typed, mentions)).toBe(body);
  });
});
