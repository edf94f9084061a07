import { Types } from 'mongoose';
import { type Placeable, invitedName, onePerAddress } from './matching-people.js';

const accepted = (email: string, day: number, wishes: string[] = []): Placeable => ({
  file: {
    ...{ id: new Types.ObjectId(), callId: new Types.ObjectId(), cohortId: new Types.ObjectId(), number: '8-0001' },
    ...{ email, locale: 'fr', timeZone: 'Europe/Paris', submittedAt: new Date(Date.UTC(2026, 9, day)) },
    ...{ known: {}, answers: {}, fields: [] },
  },
  ...{ craft: 'data', skills: '', wishes },
});

describe('who is to be placed', () => {
  it('given an address with two files, then the newest stands for it, with the newest wishes that there are', () => {
    const all = [
      accepted('a@x.fr', 2, ['quai']),
      accepted('b@x.fr', 1),
      accepted('a@x.fr', 3),
      accepted('a@x.fr', 1, ['sol']),
    ];
    const people = onePerAddress(all);
    expect(people.map(({ file }) => file)).toEqual([all[1]!.file, all[2]!.file]);
    expect(people.map(({ wishes }) => wishes)).toEqual([[], ['quai']]);
    expect(onePerAddress(all.toReversed()).map(({ file }) => file)).toEqual([all[2]!.file, all[1]!.file]);
  });

  it('given a name of which nothing can be seen, then they are invited under their address', () => {
    const nameOf = (name: string | undefined) => invitedName({ known: { ...(name && { name }) }, email: 'a@x.fr' });
    expect(['\u200b', '\u2060 \u200d', '', undefined].map(nameOf)).toEqual(Array(4).fill('a@x.fr'));
    expect(nameOf(' Ines\u202e  Roux ')).toBe('Ines Roux');
    expect(nameOf('Ab '.repeat(90))).toHaveLength(119);
  });
});
