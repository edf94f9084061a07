import { type FormField, problemsOfForm } from '../../../../../src/contracts/calls/forms';
import {
  answersThatShow,
  askable,
  movedBefore,
  movedBy,
  newField,
  ofKind,
  troublesOf,
  withCopy,
  without,
} from './fields';

const field = (key: string, kind: FormField['kind'] = 'short', more: Partial<FormField> = {}): FormField => ({
  ...{ key, kind, label: { en: key, fr: key }, help: { en: '', fr: '' }, required: true, isHidden: false },
  ...{ max: null, options: [], accept: 'any', shownIf: [], ...more },
});
const option = (key: string) => ({ key, label: { en: key, fr: key } });
const keysOf = (fields: readonly FormField[]) => fields.map(({ key }) => key).join(' ');

const work = field('work', 'one', { options: [option('firm'), option('public')] });
const service = field('service', 'one', {
  ...{ options: [option('town'), option('state')], shownIf: [{ field: 'work', is: 'public' }] },
});
const until = field('until', 'date', { shownIf: [{ field: 'service', is: 'state' }] });
const form = [field('name'), field('a', 'section'), work, service, until, field('b', 'section'), field('why')];

describe('moving', () => {
  it('given a field, then it goes over its neighbour, and at an end it stays', () => {
    expect(keysOf(movedBy(form, 'why', -1))).toBe('name a work service until why b');
    expect(keysOf(movedBy(form, 'name', 1))).toBe('a name work service until b why');
    expect(keysOf(movedBy(form, 'name', -1))).toBe(keysOf(form));
    expect(keysOf(movedBy(form, 'why', 1))).toBe(keysOf(form));
    expect(keysOf(movedBy(form, 'nobody', 1))).toBe(keysOf(form));
  });

  it('given a heading, then its fields go with it, over a whole part', () => {
    expect(keysOf(movedBy(form, 'b', -1))).toBe('name b why a work service until');
    expect(keysOf(movedBy(form, 'a', 1))).toBe('name b why a work service until');
    expect(keysOf(movedBy(form, 'a', -1))).toBe('a work service until name b why');
    expect(keysOf(movedBy(form, 'b', 1))).toBe(keysOf(form));
  });

  it('given a place, then what is held stands before it, and nothing is put into itself', () => {
    expect(keysOf(movedBefore(form, 'why', 'work'))).toBe('name a why work service until b');
    expect(keysOf(movedBefore(form, 'name', null))).toBe('a work service until b why name');
    expect(keysOf(movedBefore(form, 'a', 'service'))).toBe(keysOf(form));
    expect(keysOf(movedBefore(form, 'a', null))).toBe('name b why a work service until');
  });
});

describe('copying and deleting', () => {
  it('given a copy, then it stands behind, under a name of its own', () => {
    const { fields, copy } = withCopy(form, 'work');
    expect(keysOf(fields)).toBe(`name a work ${copy} service until b why`);
    expect(fields[3]).toEqual({ ...work, key: copy });
    expect(problemsOfForm(fields)).toEqual([]);
  });

  it('given a field that others hang on, then their conditions go with it, and come back with it', () => {
    const { fields, freed, back } = without(form, 'work');
    expect(keysOf(freed)).toBe('service');
    expect(problemsOfForm(fields)).toEqual([]);
    expect(back(fields)).toEqual(form);
    const later = fields.filter(({ key }) => key !== 'why');
    expect(keysOf(back(later))).toBe('name a work service until b');
    expect(back(form)).toEqual(form);
  });
});

describe('a kind', () => {
  it('given another one, then the field keeps what that has a place for', () => {
    expect(ofKind(work, 'several')).toEqual({ ...work, kind: 'several' });
    expect(ofKind(work, 'long')).toMatchObject({ options: [], max: 1200 });
    expect(ofKind(ofKind(work, 'long'), 'one', work.options).options).toEqual(work.options);
    expect(ofKind(field('x', 'short', { max: 20 }), 'date').max).toBeNull();
    expect(ofKind(work, 'section')).toMatchObject({ required: false, options: [] });
    expect(ofKind(field('x'), 'one').options).toHaveLength(2);
  });

  it('given a new one, then it can be saved at once and says what it lacks', () => {
    const fresh = newField('one');
    expect(problemsOfForm([...form, fresh])).toEqual([]);
    expect(troublesOf([...form, fresh])).toEqual(new Map([[fresh.key, ['no_en', 'no_fr']]]));
  });
});

describe('conditions', () => {
  it('given a field, then it may ask choices above it alone', () => {
    expect(keysOf(askable(form, 'until'))).toBe('work service');
    expect(keysOf(askable(form, 'work'))).toBe('');
  });

  it('given a field that is hidden, then there are answers by which it shows, with what those hang on', () => {
    expect(answersThatShow(form, 'until', { name: 'Zoé', work: 'firm' })).toEqual({
      ...{ name: 'Zoé', work: 'public', service: 'state' },
    });
    expect(answersThatShow(form, 'name', {})).toEqual({});
    const several = field('skills', 'several', { options: [option('web'), option('maps')] });
    const agreed = field('agreed', 'statement');
    const last = field('last', 'short', {
      shownIf: [
        { field: 'skills', is: 'maps' },
        { field: 'agreed', is: 'yes' },
      ],
    });
    expect(answersThatShow([several, agreed, last], 'last', { skills: ['web'] })).toEqual({
      ...{ skills: ['web', 'maps'], agreed: true },
    });
    const circle = [field('x', 'one', { shownIf: [{ field: 'x', is: 'y' }] })];
    expect(answersThatShow(circle, 'x', {})).toEqual({});
  });
});
