import { rowsOf, wrongOf } from './paste';

const crafts = [
  { key: 'designer', label: { en: 'Designer', fr: 'Designeuse ou designer' } },
  { key: 'developer', label: { en: 'Developer', fr: 'Développement' } },
];

describe('jurors that are pasted', () => {
  it('given lines of a list, a spreadsheet and an address book, then each has its name, address, craft and organisation', () => {
    const text = [
      'Rosalie Brémond, rosalie@agence.fr, Designer, Agence du numérique',
      'Gilles Sauvan\tgilles@dinum.fr\tdeveloppement\tDINUM',
      '"Mina Dahmani" <mina@asso.org>',
      '',
      'Piotr Kowal; piotr@x.fr; ; Direction, interministérielle',
    ].join('\r\n');
    expect(rowsOf(text, crafts)).toEqual([
      { name: 'Rosalie Brémond', email: 'rosalie@agence.fr', craft: 'designer', organisation: 'Agence du numérique' },
      { name: 'Gilles Sauvan', email: 'gilles@dinum.fr', craft: 'developer', organisation: 'DINUM' },
      { name: 'Mina Dahmani', email: 'mina@asso.org', craft: '', organisation: '' },
      { name: 'Piotr Kowal', email: 'piotr@x.fr', craft: '', organisation: 'Direction, interministérielle' },
    ]);
  });

  it('given an address that comes first, or none, then the name is found, and what is missing is said', () => {
    const rows = rowsOf('zoe@x.fr, Zoé Petit\nNobody at all\nZoé again, ZOE@x.fr\nHalf, half@, DINUM', crafts);
    expect(rows.map(({ name }) => name)).toEqual(['Zoé Petit', 'Nobody at all', 'Zoé again', 'Half']);
    expect(rows.map((_, at) => wrongOf(rows, at))).toEqual([null, 'no_address', 'twice', 'no_address']);
    expect(rows[3]).toMatchObject({ email: 'half@', organisation: 'DINUM' });
    expect(wrongOf([{ name: '', email: 'a@b.fr', craft: '', organisation: '' }], 0)).toBe('no_name');
  });
});
