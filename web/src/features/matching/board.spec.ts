import type { Matching, MatchingOverview, MatchedFellow } from '../../../../src/contracts/selection/matching';
import type { Craft } from '../../../../src/contracts/roles';
import {
  countsOf,
  craftsOf,
  forbidden,
  freed,
  isShown,
  locked,
  mainReason,
  movesBetween,
  rowsOf,
  rulesOf,
} from './board';

const place = (craft: Craft) => ({ craft, must: [], nice: [] });
const overview = {
  projects: [
    { id: 'quai', name: 'QuaiLibre', agency: 'Harbour', places: [place('designer'), place('developer')] },
    { id: 'sol', name: 'SolSain', agency: 'Soil', places: [place('developer'), place('developer')] },
  ],
  withoutPlaces: [{ id: 'tri', name: 'TriPapier', agency: 'Archive' }],
  people: ['a', 'b', 'c'].map((applicationId) => ({ applicationId })),
} as unknown as MatchingOverview;
const fellow = (applicationId: string, craft: Craft, more: Partial<MatchedFellow> = {}): MatchedFellow => ({
  ...{ applicationId, craft, name: applicationId.toUpperCase(), rank: 1, isLocked: false, reasons: [], ...more },
});
const version = (quai: MatchedFellow[], sol: MatchedFellow[], unplaced: MatchedFellow[] = []) =>
  ({
    teams: [
      { projectId: 'quai', fellows: quai },
      { projectId: 'sol', fellows: sol },
    ],
    unplaced,
    shares: { first: 2, second: 0, third: 0, none: 0, unplaced: unplaced.length },
  }) as unknown as Matching;
const none = { locks: [], forbidden: [], together: [], apart: [] };
const at = (applicationId: string, projectId: string) => ({ applicationId, projectId });

describe('the board', () => {
  it('given a version, then each project has its people under their craft, and the places that are free', () => {
    const rows = rowsOf(overview, version([fellow('a', 'designer')], [fellow('b', 'developer', { isLocked: true })]));
    expect(craftsOf(overview, version([], []))).toEqual(['developer', 'designer']);
    expect(rows.map(({ cells }) => cells.map(({ people, free }) => [people.length, free]))).toEqual([
      [
        [0, 1],
        [1, 0],
      ],
      [
        [1, 1],
        [0, 0],
      ],
    ]);
    expect(rows.map((row) => isShown(row, 'locked'))).toEqual([false, true]);
    expect(rows.map((row) => isShown(row, 'noWish'))).toEqual([false, false]);
    expect(rows.every((row) => isShown(row, 'notFull') && isShown(row, 'all'))).toBe(true);
    expect(rowsOf(overview, version([fellow('a', 'designer', { name: null })], []))[0]!.cells[1]!.free).toBe(1);
  });

  it('given places were taken away from a team, then its project is shown, with whom there is no place for', () => {
    const two = [fellow('a', 'data'), fellow('b', 'developer')];
    const gone = { ...version([], []), teams: [{ projectId: 'tri', fellows: two }] };
    expect(craftsOf(overview, gone)).toEqual(['developer', 'designer', 'data']);
    const rows = rowsOf(overview, gone);
    expect(rows.map(({ project }) => project.name)).toEqual(['QuaiLibre', 'SolSain', 'TriPapier']);
    expect(rows[2]!.cells.map(({ people, free, over }) => [people.length, free, over])).toEqual([
      [1, 0, 1],
      [0, 0, 0],
      [1, 0, 1],
    ]);
  });

  it('given a pair, then it is locked or forbidden, never both, and somebody is locked once', () => {
    const one = locked(locked(none, at('a', 'quai')), at('a', 'sol'));
    expect(one.locks).toEqual([at('a', 'sol')]);
    const other = forbidden(one, at('a', 'sol'));
    expect([other.locks, other.forbidden]).toEqual([[], [at('a', 'sol')]]);
    expect(locked(other, at('a', 'sol')).forbidden).toEqual([]);
    expect(freed(other, at('a', 'sol'))).toEqual(none);
  });

  it('given somebody or a project is not there any more, then no rule names them', () => {
    const rules = { ...none, locks: [at('a', 'quai'), at('x', 'quai'), at('b', 'gone')], together: [['a', 'x']] };
    expect(rulesOf(rules as never, overview)).toEqual({ ...none, locks: [at('a', 'quai')] });
  });

  it('given two versions, then it says who is elsewhere, and what is counted', () => {
    const now = version([fellow('a', 'designer')], [fellow('b', 'developer')], [fellow('c', 'developer')]);
    const then = version([fellow('a', 'designer'), fellow('c', 'developer')], [fellow('b', 'developer')]);
    expect(movesBetween(now, then)).toEqual([{ applicationId: 'c', name: 'C', from: null, to: 'quai' }]);
    expect(movesBetween(now, now)).toEqual([]);
    expect([countsOf(overview, now).notFull, countsOf(overview, then).notFull]).toEqual([2, 1]);
  });

  it('given several reasons, then the one that says most', () => {
    const wish = { code: 'wish' as const, rank: 2 };
    expect(mainReason([wish, { code: 'wish_full', rank: 1, projectId: 'quai' }])?.code).toBe('wish_full');
    expect(mainReason([wish, { code: 'must', skill: 'maps' }])?.code).toBe('must');
    expect(mainReason([wish])).toBe(wish);
    expect(mainReason([])).toBeUndefined();
  });
});
