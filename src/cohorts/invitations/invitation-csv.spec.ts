import iconv from 'iconv-lite';
import { decodeText, lineError, readTable } from './invitation-csv.js';
import { checkLines } from './invitation-lines.js';

const text = 'E-mail;Nom;Rôle;Projet\nzoé@x.example;Zoé Lœuf;fellow;Été clair\n';

describe('the charset of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with BOM', iconv.encode(text, 'utf-8', { addBOM: true })],
    ['UTF-16 LE with BOM', iconv.encode(text, 'utf-16le', { addBOM: true })],
    ['UTF-16 BE with BOM', iconv.encode(text, 'utf-16be', { addBOM: true })],
    ['UTF-16 LE without BOM', iconv.encode(text, 'utf-16le')],
    ['UTF-16 BE without BOM', iconv.encode(text, 'utf-16be')],
    ['Windows-1252', iconv.encode(text, 'windows-1252')],
  ])('%s is read', (_, bytes) => expect(decodeText(bytes)).toBe(text));

  it('is the one named when the bytes do not tell', () => {
    expect(decodeText(iconv.encode('é', 'macroman'), 'macroman')).toBe('é');
    expect(decodeText(Buffer.from('é'), 'no-such-charset')).toBe('é');
  });
});

describe('a table', () => {
  it.each([
    [',', 'email,name,role\na@x.example,"Ana, dite ""A""",fellow'],
    [';', 'email;name;role\na@x.example;"Ana, dite ""A""";fellow'],
    ['a tab', 'email\tname\trole\na@x.example\t"Ana, dite ""A"""\tfellow'],
  ])('with %s as separator is read', (_, csv) => {
    expect(readTable(csv).lines).toEqual([
      { line: 2, person: { email: 'a@x.example', name: 'Ana, dite "A"', role: 'fellow' } },
    ]);
  });

  it('with French heads and words is read, what is unknown is named', () => {
    const table = readTable(
      'Prénom;Nom;Courriel;Rôle;Métier;Langue;Téléphone\nAna;Lê;a@x.example;Hôte;Développeuse;Français;06',
    );
    expect(table.lines[0]!.person).toEqual({
      email: 'a@x.example',
      name: 'Ana Lê',
      role: 'host',
      craft: 'developer',
      locale: 'fr',
    });
    expect(table.ignoredColumns).toEqual(['Téléphone']);
  });

  it.each([
    'Courriel;Prénom Nom;Rôle;Métier;Projet\na@x.example;Ana Lê;fellow;designer;Permis',
    // What the page gives as an empty example, in both languages.
    'courriel;prénom;nom;rôle;métier;projet\na@x.example;Ana;Lê;fellow;designer;Permis',
    'email,name,role,craft,project\na@x.example,Ana Lê,fellow,designer,Permis',
  ])('with the heads of %j has no column that is not read', (csv) => {
    const { lines, ignoredColumns, errors } = readTable(csv);
    expect([ignoredColumns, errors]).toEqual([[], []]);
    expect(lines[0]!.person).toMatchObject({ name: 'Ana Lê', craft: 'designer', project: 'Permis' });
  });

  it.each([
    ['\r\n', '\n'],
    ['\n', '\r\n'],
    ['\r', '\n'],
  ])('whose line ends are of two kinds (%j, %j) is read line by line', (first, second) => {
    const table = readTable(`${first}email;name;role${first}a@x.example;A;fellow${second}b@x.example;B;fellow`);
    expect(table.errors).toEqual([]);
    expect(table.lines.map(({ line }) => line)).toEqual([3, 4]);
  });

  it('keeps the numbers of lines past empty ones', () => {
    const table = readTable('email,name,role\r\n\r\na@x.example,A,fellow\r\n,,\r\nb@x.example,B,fellow\r\n');
    expect(table.lines.map(({ line }) => line)).toEqual([3, 5]);
  });

  it.each([
    ['nothing', '', [{ line: 1, code: 'empty' }]],
    ['no column for the role', 'email,name\na@x.example,A', [{ line: 1, code: 'missing_column', field: 'role' }]],
    ['an open quote', 'email,name,role\na@x.example,"A,fellow\n', [{ code: 'unreadable' }]],
    [
      'too many lines',
      `email,name,role\n${'a@x.example,A,fellow\n'.repeat(5001)}`,
      [{ line: 5002, code: 'too_many_lines' }],
    ],
  ])('with %s is refused', (_, csv, errors) => {
    const table = readTable(csv);
    expect(table.errors).toEqual(errors.map((error) => expect.objectContaining(error)));
    expect(table.lines).toEqual([]);
  });
});

describe('the lines', () => {
  const ana = { email: 'Ana@x.example ', name: 'Ana', role: 'fellow' };
  it.each([
    ['no address', { name: 'A', role: 'fellow' }, { code: 'required', field: 'email', value: null }],
    ['a wrong address', { ...ana, email: 'a@@x' }, { code: 'wrong_format', field: 'email', value: 'a@@x' }],
    ['an unknown role', { ...ana, role: 'boss' }, { code: 'not_allowed', field: 'role', value: 'boss' }],
    ['an alumni', { ...ana, role: 'alumni' }, { code: 'not_allowed', field: 'role', value: 'alumni' }],
    ['100 kB of name', { ...ana, name: 'x'.repeat(100_000) }, { code: 'too_big', field: 'name' }],
    ['an unknown field', { ...ana, isAdmin: true }, { code: 'unknown_field', field: 'isAdmin' }],
    ['an operator', { ...ana, email: { $gt: '' } }, { code: 'wrong_type', field: 'email', value: null }],
    ['a project of the staff', { ...ana, role: 'staff', project: 'P' }, { code: 'not_for_role', field: 'project' }],
    ['no person at all', 7, { code: 'wrong_type', value: '7' }],
  ])('with %s are refused', (_, person, error) => {
    const { checked, errors } = checkLines([{ line: 9, person }]);
    expect(checked).toEqual([]);
    expect(errors).toEqual(expect.arrayContaining([expect.objectContaining({ line: 9, ...error })]));
  });

  it('with the same address twice name the first', () => {
    const { checked, errors } = checkLines([
      { line: 2, person: ana },
      { line: 3, person: { ...ana, email: 'ANA@x.example' } },
    ]);
    expect(checked).toHaveLength(1);
    expect(errors).toEqual([
      {
        line: 3,
        code: 'duplicate',
        detail: 'Line 2 has the same address.',
        field: 'email',
        value: 'ana@x.example',
        otherLine: 2,
      },
    ]);
  });

  it('with emoji and right-to-left names are kept', () => {
    const { checked } = checkLines([{ line: 2, person: { ...ana, name: 'نادية 🧗', project: '  Été   Clair ' } }]);
    expect(checked[0]).toMatchObject({ name: 'نادية 🧗', email: 'ana@x.example', projectKey: 'ete clair' });
  });
});

it('given a value that is long, then it is told up to a whole sign', () => {
  expect(lineError(2, 'too_long', 'It is too long.', 'name', `${'x'.repeat(199)}🧗`).value).toBe('x'.repeat(199));
});
