import { isSmall, messageTokens, stemsOf, wordsIn } from './search-words.js';

const message = (body: string, more = {}) => ({ senderId: 'a1', body, deletedAt: null, ...more });
/** Whether a message with the first word is found by the second. */
const finds = (written: string, asked: string) => {
  const tokens = new Set(messageTokens(message(written)));
  return wordsIn(asked).every(({ word }) => stemsOf(word).some((stem) => tokens.has(stem)));
};

describe('words and what they are found by', () => {
  it.each([
    ['événements', 'evenement'],
    ['Événement', 'ÉVÉNEMENTS'],
    ['réunion', 'reunions'],
    ['nos ateliers', 'atelier'],
    ['bureaux', 'bureau'],
    ['chevaux', 'cheval'],
    ['Cœurs', 'coeur'],
    ['équipes', 'équipe'],
    ['workshops', 'workshop'],
    ['companies', 'company'],
    ['Deployments', 'deployment'],
    ["l'atelier d’équipe", 'ateliers equipes'],
    ['Merci! See the **workshops** demain', 'workshop demain'],
    ['version 2.1', '2'],
  ])('given "%s", then "%s" finds it', (written, asked) => {
    expect(finds(written, asked)).toBe(true);
  });

  it.each([
    ['atelier', 'atelage'],
    ['agenda', 'agency'],
    ['réunion', 'régime'],
  ])('given "%s", then "%s" does not find it', (written, asked) => expect(finds(written, asked)).toBe(false));

  it('given composed and decomposed letters, then they are the same words in the same places', () => {
    expect(wordsIn('Été à Œuf').map(({ word }) => word)).toEqual(['ete', 'a', 'oeuf']);
    expect(wordsIn('e\u0301te\u0301')).toEqual([{ word: 'ete', from: 0, to: 5 }]);
    expect(wordsIn('un œuf')).toEqual([
      { word: 'un', from: 0, to: 2 },
      { word: 'oeuf', from: 3, to: 6 },
    ]);
  });

  it('given small words, then they take no place in the index', () => {
    expect(messageTokens(message('The of and le la les'))).toEqual(['*', 'from:a1']);
    expect(['l', 'le', 'the', '7', 'car'].map(isSmall)).toEqual([true, true, true, false, false]);
  });
});

describe('the tokens of a message', () => {
  it('says who wrote it and what it holds', () => {
    const tokens = messageTokens(message('see https://agency.example/a and ![plan](/files/1)'));
    expect(tokens).toEqual(expect.arrayContaining(['*', 'from:a1', 'has:link', 'has:file']));
    expect(messageTokens(message('http is a word'))).not.toContain('has:link');
  });

  it('given files, then their names and what they show count', () => {
    const attachments = [{ name: 'budget-prévisionnel.pdf', alt: 'un tableau' }];
    const tokens = messageTokens(message('', { attachments }));
    expect(tokens).toEqual(expect.arrayContaining(['has:file', ...stemsOf('budget'), ...stemsOf('tableau')]));
  });

  it('given a name in it, then its id is no word', () => {
    expect(messageTokens(message(`<@${'a'.repeat(24)}>`))).toEqual(['*', 'from:a1']);
  });

  it('given a deleted one, then nothing leads to it', () => {
    expect(messageTokens(message('still here', { deletedAt: new Date() }))).toEqual([]);
  });

  it('given the longest text of distinct words, then there is an end', () => {
    const body = Array.from({ length: 2_600 }, (_, index) => index.toString(36)).join(' ');
    expect(messageTokens(message(body)).length).toBe(600);
  });
});
