/** What people look for help with: two lines, details, and whom they ask: a craft, or the coach who comes so many places after. */
export const requestTexts = [
  {
    need: 'A form with forty fields that nobody finishes.\nWhere would you cut first?',
    text: 'We have the drop-off figures by page, and the legal basis of each field in a table.',
    craft: 'designer',
  },
  {
    need: 'Relire une analyse d’impact avant lundi.\nDeux pages, la partie « risques » me manque.',
    text: '',
    coach: 0,
  },
  {
    need: 'Somebody who has argued with a hosting provider.\nOur contract ends in March.',
    text: 'They want three months’ notice in writing; the agency says nobody ever signed that page.',
    coach: 1,
  },
  {
    need: 'Un script qui range 300 plans scannés par commune.\nPython ou autre, peu importe.',
    text: 'Les noms de fichiers ont quatre formes différentes. J’ai un échantillon.',
    craft: 'developer',
  },
  {
    need: 'Half an hour on asking good questions in interviews.\nMine end after five minutes.',
    text: '',
    coach: 2,
  },
] as const;
