import { stampOf } from './stamp-of';

const call = { slug: 'c', kind: 'fellows', title: { en: 'C', fr: 'C' }, closesAt: '', cohortName: '8' } as const;

describe('the stamp of a file', () => {
  it.each([
    ['draft', false, { isOpen: true, isOver: false }, 'draft'],
    ['draft', false, { isOpen: false, isOver: true }, 'missed'],
    ['submitted', false, { isOpen: true, isOver: false }, 'submitted'],
    ['submitted', true, { isOpen: true, isOver: false }, 'changed'],
    ['submitted', true, { isOpen: false, isOver: true }, 'submitted'],
    ['accepted', true, { isOpen: false, isOver: true }, 'accepted'],
    ['withdrawn', false, { isOpen: true, isOver: false }, 'withdrawn'],
  ] as const)('given %s, changed %s, of a call %j, then %s', (state, isChanged, times, stamp) => {
    expect(stampOf({ state, isChanged, call: { ...call, ...times } })).toBe(stamp);
  });
});
