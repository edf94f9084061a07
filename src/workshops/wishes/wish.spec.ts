import type { CohortActor } from '../../common/actor.js';
import type { WishSide } from '../../contracts/workshops/wishes.js';
import { type Standing, abilities, becoming, closest, countOf, stemsOfText } from './wish.js';

const open: Standing = { createdBy: 'writer', state: 'open', others: 0, hasWorkshop: false };
const actor = (
  role: CohortActor['role'],
  userId = 'somebody',
  cohortState: CohortActor['cohortState'] = 'running',
) => ({
  role,
  userId,
  cohortState,
});
const allowed = (who: ReturnType<typeof actor>, wish: Partial<Standing> = {}, mine: WishSide[] = []) =>
  Object.entries(abilities(who, { ...open, ...wish }, mine))
    .filter(([, may]) => may)
    .map(([act]) => act)
    .join(' ');

describe('abilities', () => {
  it.each<[string, string, ReturnType<typeof actor>, Partial<Standing>?, WishSide[]?]>([
    ['a fellow', 'want give plan', actor('fellow')],
    ['a coach', 'want give plan', actor('coach')],
    ['an agency’s host', 'want give', actor('host')],
    ['a host who wants it', 'want give', actor('host'), {}, ['want']],
    ['a host who gives it', 'want give plan', actor('host'), {}, ['give']],
    ['alumni', '', actor('alumni'), {}, ['give']],
    ['an admin', '', actor('admin')],
    ['who wrote it, alone', 'want give edit drop plan', actor('fellow', 'writer')],
    ['who wrote it, with others', 'want give plan', actor('fellow', 'writer'), { others: 1 }],
    ['who wrote it, alumni by now', '', actor('alumni', 'writer')],
    ['staff', 'want give edit drop close merge plan', actor('staff'), { others: 9 }],
    ['a fellow, of a draft', 'want give', actor('fellow'), { hasWorkshop: true }],
    ['staff, of a draft', 'want give edit', actor('staff'), { hasWorkshop: true }],
    ['staff, of what is planned', '', actor('staff'), { state: 'planned', hasWorkshop: true }],
    ['staff, of what is closed', 'drop reopen', actor('staff'), { state: 'closed' }],
    ['a fellow, of what is closed', '', actor('fellow', 'writer'), { state: 'closed' }],
    ['staff of a closed cohort', '', actor('staff', 'somebody', 'closed')],
  ])('given %s, then "%s"', (_who, may, who, wish = {}, mine = []) => {
    expect(allowed(who, wish, mine)).toBe(may);
  });
});

describe('what is similar', () => {
  const wishes = ['Ateliers de facilitation graphique', 'Reading a budget', 'Écrire des lettres simples'].map(
    (subject) => ({
      subject,
      text: '',
    }),
  );
  const found = (typed: string) => closest(typed, wishes, 5).map((one) => one.subject);

  it.each([
    ['atelier', [wishes[0]!.subject]],
    ['lire un BUDGET', [wishes[1]!.subject]],
    ['ecrire une lettre', [wishes[2]!.subject]],
    ['read budgets', [wishes[1]!.subject]],
    ['budget of the secret garden plan', []],
    ['the of and', []],
    ['', []],
  ])('given "%s" typed, then %j', (typed, subjects) => expect(found(typed)).toEqual(subjects));

  it('given more that is shared, then that first', () => {
    const [first] = closest(
      'graphic facilitation',
      [
        { subject: 'Facilitation', text: '' },
        { subject: 'Graphic facilitation', text: '' },
      ],
      5,
    );
    expect(first?.subject).toBe('Graphic facilitation');
  });

  it('given words without substance, then no stem', () => expect(stemsOfText('The of and, la le')).toEqual([]));
});

describe('countOf', () => {
  it('given people on both sides, then each side is counted, others once, five faces in order', () => {
    const said = [
      { userId: 'writer', side: 'want' as const },
      ...['a', 'b', 'c', 'd', 'e'].map((userId) => ({ userId, side: 'want' as const })),
      { userId: 'a', side: 'give' as const },
    ];
    expect(countOf(said, 'writer')).toEqual({
      wants: 6,
      gives: 1,
      others: 5,
      wanting: ['writer', 'a', 'b', 'c', 'd'],
      giving: ['a'],
    });
    expect(countOf([], 'writer')).toMatchObject({ wants: 0, gives: 0, others: 0 });
  });
});

describe('becoming', () => {
  const opened = { state: 'open', workshopId: null };

  it.each([
    ['a draft dropped', 'open', null, opened],
    ['a workshop called off', 'planned', 'cancelled', opened],
    ['a draft', 'open', 'draft', null],
    ['a draft published', 'open', 'published', { state: 'planned' }],
    ['a workshop to come', 'planned', 'published', null],
  ] as const)('given %s, then what follows', (_name, state, status, change) => {
    expect(becoming({ state }, status && { status })).toEqual(change);
  });
});
