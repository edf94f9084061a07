import {
  type Draft,
  type Kept,
  type Written,
  answersOf,
  begun as begunAs,
  chosen,
  isUnsaved,
  keptOf,
  loaded,
  refused,
  saved,
  sendingNow,
  toSend,
  typedIn,
  unanswered,
} from './draft';

interface File extends Written {
  asked: readonly string[];
}

/** Of an age only a number is taken. */
const begun = (server: File, kept?: Kept) =>
  begunAs<File>(
    server,
    ({ asked }, key, value) =>
      asked.includes(key) && (value === null || (typeof value === 'number') === (key === 'age')),
    kept,
  );

const fileAt = (revision: number, answers: File['answers'] = {}, revisions: File['revisions'] = {}): File => ({
  ...{ revision, answers, revisions, asked: ['name', 'work', 'age'] },
  abilities: { edit: true },
});

/** Sends what is unsaved, as far as it goes. */
const sent = (draft: Draft<File>) => sendingNow(draft, toSend(draft) ?? {});
const taken = (server: File, conflicts: { field: string; sent: string; kept: string }[] = []) => ({
  ...{ server, conflicts },
});

describe('a file as it is typed', () => {
  it('given what is typed, then it is sent once, and what is typed meanwhile with the next', () => {
    let draft = typedIn(begun(fileAt(0)), 'name', 'Zo');
    expect(toSend(draft)).toEqual({ name: 'Zo' });
    draft = sent(draft);
    draft = typedIn(typedIn(draft, 'name', 'Zoé'), 'age', 30);
    expect(toSend(draft)).toBeNull();
    draft = saved(draft, taken(fileAt(1, { name: 'Zo' }, { name: 1 })));
    expect(toSend(draft)).toEqual({ name: 'Zoé', age: 30 });
    expect(answersOf(draft)).toEqual({ name: 'Zoé', age: 30 });
    draft = saved(sent(draft), taken(fileAt(2, { name: 'Zoé', age: 30 }, { name: 2, age: 2 })));
    expect(isUnsaved(draft)).toBe(false);
  });

  it('given an answer is typed back to what is saved, then nothing is to be sent; but for one that is on its way', () => {
    const at = begun(fileAt(1, { name: 'Zoé' }, { name: 1 }));
    expect(isUnsaved(typedIn(typedIn(at, 'name', 'Zo'), 'name', 'Zoé'))).toBe(false);
    const underWay = typedIn(sent(typedIn(at, 'name', 'Zo')), 'name', 'Zoé');
    expect(toSend(saved(underWay, taken(fileAt(2, { name: 'Zo' }, { name: 2 }))))).toEqual({ name: 'Zoé' });
    expect(answersOf(typedIn(at, 'name', null))).toEqual({});
    expect(toSend(typedIn(at, 'name', null))).toEqual({ name: null });
  });

  it('given another tab changed the same answer, then both texts stand there until one is chosen', () => {
    const draft = sent(typedIn(begun(fileAt(1)), 'name', 'Mine'));
    const reply = taken(fileAt(2, { name: 'Theirs' }, { name: 2 }), [{ field: 'name', sent: 'Mine', kept: 'Theirs' }]);
    const two = saved(draft, reply);
    expect(two.theirs).toEqual({ name: 'Theirs' });
    expect(answersOf(two)).toEqual({ name: 'Mine' });
    expect(toSend(two)).toBeNull();
    expect(isUnsaved(two)).toBe(true);
    expect(answersOf(typedIn(two, 'name', 'Mine too'))).toEqual({ name: 'Mine too' });
    expect(toSend(chosen(two, 'name', 'mine'))).toEqual({ name: 'Mine' });
    expect(answersOf(chosen(two, 'name', 'theirs'))).toEqual({ name: 'Theirs' });
    expect(isUnsaved(chosen(two, 'name', 'theirs'))).toBe(false);
    // They write on: the newer one is shown.
    expect(loaded(two, fileAt(3, { name: 'Theirs too' }, { name: 3 })).theirs).toEqual({ name: 'Theirs too' });
    // They come to the same: there is nothing to choose.
    expect(isUnsaved(loaded(two, fileAt(3, { name: 'Mine' }, { name: 3 })))).toBe(false);
  });

  it('given another tab changed what I typed while mine was on its way, then it is not written over', () => {
    let draft = sent(typedIn(begun(fileAt(1)), 'name', 'Zoé'));
    draft = typedIn(draft, 'work', 'Mine');
    draft = saved(draft, taken(fileAt(3, { name: 'Zoé', work: 'Theirs' }, { name: 3, work: 2 })));
    expect(draft.theirs).toEqual({ work: 'Theirs' });
    // What only they changed is shown at once.
    expect(answersOf(loaded(draft, fileAt(4, { name: 'Zoé', age: 4 }, { age: 4 })))).toMatchObject({ age: 4 });
  });

  it('given the answer of the server was lost, then what it has of mine is no other’s text', () => {
    let draft = unanswered(sent(typedIn(begun(fileAt(1)), 'name', 'abc')));
    draft = typedIn(draft, 'name', 'abcd');
    expect(toSend(draft)).toEqual({ name: 'abcd' });
    const reply = taken(fileAt(2, { name: 'abc' }, { name: 2 }), [{ field: 'name', sent: 'abcd', kept: 'abc' }]);
    draft = saved(sent(draft), reply);
    expect(draft.theirs).toEqual({});
    expect(toSend(draft)).toEqual({ name: 'abcd' });
    // Typed back to what the server seemed to have: it may have the other one by now.
    const back = typedIn(unanswered(sent(typedIn(begun(fileAt(1, { name: 'a' })), 'name', 'b'))), 'name', 'a');
    expect(toSend(back)).toEqual({ name: 'a' });
  });

  it('given it is refused, then all of it is to be sent again', () => {
    expect(toSend(refused(sent(typedIn(begun(fileAt(1)), 'name', 'abc'))))).toEqual({ name: 'abc' });
  });

  it('given a page that was closed before all was saved, then the next one goes on, and shows both where others wrote', () => {
    let draft = sent(typedIn(begun(fileAt(1)), 'name', 'abc'));
    draft = typedIn(typedIn(draft, 'name', 'abcd'), 'work', 'Mine');
    const kept = keptOf(draft);
    expect(toSend(begun(fileAt(1), kept))).toEqual({ name: 'abcd', work: 'Mine' });
    const next = begun(fileAt(3, { name: 'abc', work: 'Theirs' }, { name: 2, work: 3 }), kept);
    expect(next.theirs).toEqual({ work: 'Theirs' });
    expect(toSend(next)).toEqual({ name: 'abcd' });
    // Still so after one more.
    expect(begun(fileAt(4, { work: 'Theirs' }, { work: 3 }), keptOf(next)).theirs).toEqual({ work: 'Theirs' });
    // All of it arrived after all.
    expect(isUnsaved(begun(fileAt(2, { name: 'abcd', work: 'Mine' }, { name: 2, work: 2 }), kept))).toBe(false);
  });

  it('given a form with other questions, then what nobody asks any more is not sent', () => {
    const kept = { gone: { value: 'x', base: 1, sent: [] }, age: { value: 'ten', base: 1, sent: [] } };
    expect(isUnsaved(begun(fileAt(1), kept))).toBe(false);
    const draft = typedIn(begun(fileAt(1)), 'name', 'Zoé');
    const other = { ...fileAt(1), asked: ['work'] };
    expect(isUnsaved(loaded(draft, other))).toBe(false);
  });

  it('given a file is added while something is on its way, then neither answer is taken for another’s, nor gone back behind', () => {
    let draft = typedIn(sent(typedIn(begun(fileAt(1)), 'name', 'abc')), 'name', 'abcd');
    // The file came after what was on its way, and is heard of first.
    draft = loaded(draft, fileAt(3, { name: 'abc', age: 3 }, { name: 2, age: 3 }));
    expect(draft.theirs).toEqual({});
    draft = saved(draft, taken(fileAt(2, { name: 'abc' }, { name: 2 })));
    expect(draft.server.revision).toBe(3);
    expect(answersOf(draft)).toEqual({ name: 'abcd', age: 3 });
    expect(toSend(draft)).toEqual({ name: 'abcd' });
  });

  it('given an older answer comes late, then it changes nothing', () => {
    const draft = begun(fileAt(5, { name: 'Zoé' }));
    expect(loaded(draft, fileAt(4))).toBe(draft);
  });
});
