import 'temporal-polyfill/global';
import { checked } from './form-check';
import { emptyValues } from './form-values';

const code = (name: string) => name;
const empty = emptyValues('Europe/Paris');
const whole = { ...empty, title: 'Field notes', date: '2026-10-14' };

it.each([
  ['a form that is whole', whole, {}],
  ['an empty form', { ...empty, capacity: '' }, { title: 'too_small', date: 'no_day', capacity: 'too_small' }],
  ['a day without hours', { ...whole, startsAt: '' }, { startsAt: 'wrong_format' }],
  [
    'neither day nor hours',
    { ...whole, date: '', startsAt: '', endsAt: '' },
    { date: 'no_day', startsAt: 'wrong_format', endsAt: 'wrong_format' },
  ],
  [
    'a wrong material below an empty one',
    {
      ...whole,
      link: 'nowhere',
      materials: [
        { title: '', url: '' },
        { title: 'Slides', url: '' },
      ],
    },
    { link: 'wrong_format', 'materials.1.url': 'wrong_format' },
  ],
])('given %s, then every wrong field is named at once', (_, values, wrong) => {
  expect(checked(values, code)).toEqual(wrong);
});

it('given an empty form, then the first field of it is the first that is named', () => {
  expect(Object.keys(checked({ ...empty, capacity: '' }, code))).toEqual(['title', 'date', 'capacity']);
});
