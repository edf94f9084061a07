import fc from 'fast-check';
import type { ForumDraft } from '../../../../../src/contracts/forum-drafts';
import { type DraftState, NO_WORDS, arrived, fromText, saved, settled, toText, typed } from './draft-state';

const words = (body: string) => ({ ...NO_WORDS, body });
const draft = (revision: number, body: string) => ({ ...words(body), revision }) as ForumDraft;
const here = (body: string, revision: number, isDirty: boolean): DraftState => ({
  words: words(body),
  revision,
  isDirty,
});
const known = { empty: NO_WORDS, isTried: false };

describe('what is begun here, and what the server has of it', () => {
  it.each<[string, DraftState, ForumDraft | null, DraftState]>([
    ['nothing here, words there: they are taken', here('', 0, false), draft(3, 'a'), here('a', 3, false)],
    ['kept words here, newer ones there: they are taken', here('a', 2, false), draft(3, 'b'), here('b', 3, false)],
    ['kept words here, gone there: they go', here('a', 2, false), null, here('', 0, false)],
    ['new words here, the same revision there: they stay', here('b', 2, true), draft(2, 'a'), here('b', 2, true)],
    ['new words here, nothing there yet: they stay', here('a', 0, true), null, here('a', 0, true)],
    ['what was kept, and its answer was lost', here('a', 2, true), draft(3, ' a '), here('a', 3, false)],
    [
      'new words on both sides: both are there',
      here('mine', 2, true),
      draft(3, 'theirs'),
      { ...here('mine', 2, true), other: draft(3, 'theirs') },
    ],
    [
      'new words here, posted there: both are told',
      here('mine', 2, true),
      null,
      { ...here('mine', 2, true), other: null },
    ],
  ])('%s', (_name, state, there, after) => expect(arrived(state, there, known)).toEqual(after));

  it('stays where it was sent to be posted, and nobody knows whether it was', () => {
    expect(arrived(here('a', 2, false), null, { ...known, isTried: true })).toEqual(here('a', 0, true));
  });

  it('is kept, but for what was typed since it was sent', () => {
    const first = typed(here('', 0, false), words('a'));
    expect(saved(first, first.words, 1)).toEqual(here('a', 1, false));
    expect(saved(typed(first, words('ab')), first.words, 1)).toEqual(here('ab', 1, true));
  });

  it('is settled as one says', () => {
    const both: DraftState = { ...here('mine\n', 2, true), other: draft(3, 'theirs') };
    expect(settled(both, 'mine', NO_WORDS)).toEqual(here('mine\n', 3, true));
    expect(settled(both, 'theirs', NO_WORDS)).toEqual(here('theirs', 3, false));
    expect(settled(both, 'both', NO_WORDS)).toEqual(here('mine\n\ntheirs', 3, true));
    const gone: DraftState = { ...here('mine', 2, true), other: null };
    expect(settled(gone, 'mine', NO_WORDS)).toEqual(here('mine', 0, true));
    expect(settled(gone, 'theirs', NO_WORDS)).toEqual(here('', 0, false));
  });

  it('given tabs that type, save and look in any order, then no words are lost that nobody gave up', () => {
    const acts = fc.array(fc.record({ tab: fc.nat(1), act: fc.constantFrom('type', 'save', 'look') }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(acts, (steps) => {
        let server: ForumDraft | null = null;
        const tabs = [here('', 0, false), here('', 0, false)];
        let count = 0;
        for (const { tab, act } of steps) {
          const state = tabs[tab]!;
          if (act === 'type') tabs[tab] = typed(state, words(`${state.words.body} w${(count += 1)}`));
          else if (act === 'look') tabs[tab] = arrived(state, server, known);
          else if (state.isDirty && state.other === undefined) {
            const isSeen: boolean = (server?.revision ?? 0) === state.revision;
            if (isSeen) server = draft(state.revision + 1, state.words.body);
            tabs[tab] = isSeen ? saved(state, state.words, state.revision + 1) : arrived(state, server, known);
          }
        }
        const all = [server?.body ?? '', ...tabs.map((tab) => tab.words.body)].join(' ');
        for (let word = 1; word <= count; word += 1) expect(all.split(' ')).toContain(`w${word}`);
      }),
    );
  });

  it('is the same after it was kept in the browser; what is none of it is nothing', () => {
    expect(fromText(toText(here('a', 2, true)), NO_WORDS)).toEqual(here('a', 2, true));
    expect(fromText('', NO_WORDS)).toEqual(here('', 0, false));
    expect(fromText('words of before', NO_WORDS)).toEqual(here('', 0, false));
  });
});
