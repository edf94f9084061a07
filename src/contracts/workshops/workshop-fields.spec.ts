import { plainFields, publicFields, shownFields } from './workshop-fields.js';

describe('the fields of a workshop in a reply', () => {
  it('given a row that rules of today would refuse, then it is shown all the same', () => {
    const kept = {
      timeZone: 'Mars/Olympus',
      link: 'gopher://old.example',
      title: 'x'.repeat(500),
      tags: Array<string>(20).fill('a tag that is longer than one may be today'),
      materials: [{ title: '', url: 'not an address' }],
      capacity: 0,
    };
    for (const [name, value] of Object.entries(kept)) {
      const field = name as keyof typeof kept;
      expect([name, plainFields[field].safeParse(value).success]).toEqual([name, false]);
      expect([name, shownFields[field].parse(value)]).toEqual([name, value]);
    }
    expect(publicFields.timeZone.parse('Mars/Olympus')).toBe('Mars/Olympus');
  });

  it('given what is none of its type, then it is no field', () => {
    expect(shownFields.kind.safeParse('party').success).toBe(false);
    expect(shownFields.title.safeParse(null).success).toBe(false);
    expect(shownFields.link.safeParse(null).success).toBe(true);
  });
});
