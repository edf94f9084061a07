import { toCalls } from './as-sent';
import { fitting, isQuoted, namedBy, toTokens, typedName } from './mentions';
import { fromTokens, toMarkdown } from './tokens';

const ines = { id: '6530f0a0a0a0a0a0a0a0a0a1', name: 'Inès Carpentier' };
const short = { id: '6530f0a0a0a0a0a0a0a0a0a2', name: 'Inès' };
const leo = { id: '6530f0a0a0a0a0a0a0a0a0a3', name: "Léo O'Neil_Fabre" };
const people = [short, ines, leo];
const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? '?';

describe('names in a text', () => {
  it.each([
    ['@Inès Carpentier look', `<@${ines.id}> look`],
    ['@Inès, and (@Inès Carpentier)!', `<@${short.id}>, and (<@${ines.id}>)!`],
    ['@Inèsité and mail@Inès', '@Inèsité and mail@Inès'],
    ['no name', 'no name'],
    ['`@Inès` in code', '`@Inès` in code'],
  ])('%s is sent as %s', (typed, sent) => {
    expect(toTokens(typed, people)).toBe(sent);
    expect(fromTokens(sent, nameOf, 'en')).toBe(typed);
  });

  it.each([
    ['@Inès Carpentier, look', [ines]],
    ['@Inès, look', []],
    ['`@Inès Carpentier`', []],
  ])('of those outside %s names %j', (typed, named) => {
    expect(namedBy(typed, [short], [ines, leo])).toEqual(named);
  });

  it('are shown as links, their signs kept from being markdown; @channel is bold', () => {
    expect(toMarkdown(`<@${leo.id}> @channel mail@channel`, nameOf, (id) => `/p/${id}`, 'en')).toBe(
      `[@Léo O'Neil\\_Fabre](/p/${leo.id}) **@channel** mail@channel`,
    );
    expect(toMarkdown(`<@${short.id}>`, nameOf, () => null, 'en')).toBe('**@Inès**');
  });
});

describe('names in a post', () => {
  it.each([
    ['asks @Inès Carpentier', [], `asks <@${ines.id}>`],
    ['> @Inès Carpentier said\n\nand @Inès?', [], `> @Inès Carpentier said\n\nand <@${short.id}>?`],
    ['> @Inès Carpentier said, > @Inès', [ines], `> <@${ines.id}> said, > @Inès`],
    ['@Ali, @Inès', [{ id: 'a'.repeat(24), name: 'Ali' }], `<@${'a'.repeat(24)}>, <@${short.id}>`],
    ['@Inès', [{ id: 'a'.repeat(24), name: 'Inès' }], `<@${'a'.repeat(24)}>`],
    ['@ and', [{ id: 'a'.repeat(24), name: '' }], '@ and'],
  ])('%j, where it named %j before, is sent as %j', (typed, named, sent) => {
    expect(toCalls(typed, people, named)).toBe(sent);
  });

  it.each([
    ['> said @Lé', 10, true],
    ['> said\n\n@Lé', 11, false],
    ['one > @Lé', 9, false],
  ])('%j at %i is in a quotation: %j', (text, caret, is) => {
    expect(isQuoted(text, caret)).toBe(is);
  });
});

describe('groups in a sent text', () => {
  it('are bold words of the reader’s language, plain in code', () => {
    expect(toMarkdown('<@hosts> `<@hosts>`', nameOf, () => null, 'fr')).toBe('**@hôtes** `@hôtes`');
    expect(fromTokens('<@developers>', nameOf, 'fr')).toBe('@développeurs');
  });
});

describe('the name being typed', () => {
  it.each([
    ['hello @nai', 10, { query: 'nai', at: 6 }],
    ['@', 1, { query: '', at: 0 }],
    ['@Inès Ca', 8, { query: 'Inès Ca', at: 0 }],
    ['mail@x', 6, null],
    ['@Inès Carpentier look', 21, null],
  ])('%s at %i', (text, caret, expected) => {
    expect(typedName(text, caret)).toEqual(expected);
  });

  it('fits names by the beginning of any word, accents ignored', () => {
    expect(fitting(people, 'car').map((one) => one.id)).toEqual([ines.id]);
    expect(fitting(people, 'ines').map((one) => one.id)).toEqual([short.id, ines.id]);
    expect(fitting(people, 'INÈS C').map((one) => one.id)).toEqual([ines.id]);
  });
});
