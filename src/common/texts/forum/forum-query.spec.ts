import { FORUM_OPERATORS, stateAsked, thingAsked } from './forum-query.js';
import { parseQuery } from '../search-query.js';

const filtersOf = (text: string) => parseQuery(text, FORUM_OPERATORS).filters.map(({ kind, value }) => [kind, value]);

describe('the operators of a search in a forum', () => {
  it.each([
    [
      'tag:law is:solved',
      [
        ['tag', 'law'],
        ['is', 'solved'],
      ],
    ],
    [
      'mot:droit est:résolu',
      [
        ['tag', 'droit'],
        ['is', 'résolu'],
      ],
    ],
    [
      'étiquette:droit avec:image',
      [
        ['tag', 'droit'],
        ['has', 'image'],
      ],
    ],
    ['in:general', [['in', 'general']]],
    ['TypeError:undefined at 10:30 https://x.test', []],
  ])('given %s', (text, filters) => expect(filtersOf(text)).toEqual(filters));

  it.each([
    ['solved', 'solved'],
    ['Résolue', 'solved'],
    ['sans-réponse', 'unanswered'],
    ['open', null],
    ['constructor', null],
  ])('given is:%s', (value, state) => expect(stateAsked(value)).toBe(state));

  it.each([
    ['Images', 'image'],
    ['poll', 'poll'],
    ['Sondage', 'poll'],
    ['table', null],
    ['toString', null],
  ])('given has:%s', (value, thing) => expect(thingAsked(value)).toBe(thing));
});
