import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ReminderChannel, ReminderKind, ReminderSubjectType } from '../../../../src/contracts/reminders/reminders';

type Words = Record<'subjects' | 'channels', Record<string, string>> & { ladder: { whom: Record<string, string> } };
const wordsOf = (language: string) =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, `${language}.json`), 'utf8')) as Words;

describe.each(['en', 'fr'])('the words of reminders in %s', (language) => {
  const words = wordsOf(language);

  it('say of every rung who gets it, and name all that people are reminded of', () => {
    const kinds = ReminderKind.options.map((kind) => kind.replace('.', '_'));
    expect(Object.keys(words.ladder.whom).sort()).toEqual(kinds.sort());
    expect(Object.keys(words.subjects).sort()).toEqual([...ReminderSubjectType.options].sort());
    expect(Object.keys(words.channels).sort()).toEqual([...ReminderChannel.options].sort());
  });
});
