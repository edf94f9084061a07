import { oneStop } from './one-stop.js';

describe('a sentence that ends with what it is filled with', () => {
  it.each([
    ['This is the beginning of #Acme Inc..', { name: 'Acme Inc.' }, 'This is the beginning of #Acme Inc.'],
    ['Jusqu’au 15 oct.. Puis la suite.', { date: '15 oct.', count: 3 }, 'Jusqu’au 15 oct. Puis la suite.'],
    ['It is about Where do we begin?.', { title: 'Where do we begin?' }, 'It is about Where do we begin?'],
    ['She said wait….', { text: 'wait…' }, 'She said wait…'],
    ['Paid in $& Co..', { name: '$& Co.' }, 'Paid in $& Co.'],
    ['Inès C. comes.', { name: 'Inès C.' }, 'Inès C. comes.'],
    ['You wrote to Inès.', { name: 'Inès', none: null, at: undefined }, 'You wrote to Inès.'],
    ['Dots.. as they were written.', { text: 'Dots..' }, 'Dots.. as they were written.'],
  ])('given %j with %j, then %j', (text, values, said) => expect(oneStop(text, values)).toBe(said));
});
