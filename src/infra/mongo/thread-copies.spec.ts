import { type ThreadMessage, parted } from './thread-copies.js';

const minute = (at: number) => new Date(Date.UTC(2026, 10, 25, 12, at));
const OPENED = { openedAt: minute(30), editedAt: null };
const [zoe, ali] = ['a'.repeat(24), 'b'.repeat(24)];

let made = 0;
const message = (authorId: string, text: string | null, more: Partial<ThreadMessage<string>> = {}) => {
  made += 1;
  return {
    ...{ id: `m${made}`, authorId, bot: null, said: text === null ? [] : [text] },
    ...{ createdAt: minute(0), editedAt: null, deletedAt: text === null ? minute(40) : null },
    ...more,
  };
};
/** As it was copied into the text of a question until topics quoted by reference. */
const copyOf = (head: string, body: string) =>
  `${head}\n\n${body.trim()}`.replace(/^(.+)$/gm, '> $1').replace(/^$/gm, '>');
const copiesOf = (intro: string, ...copies: [string, string][]) =>
  [...(intro ? [intro] : []), ...copies.map(([head, body]) => copyOf(head, body))].join('\n\n');
const by = (id: string) => `<@${id}>`;

describe('what was copied of a thread into a question', () => {
  it('given copies as they were made, then the words of its author stay, and each copy is a reference', () => {
    const code = 'Try:\n\n```\nnpm start\n\nnpm test\n```\n> and quote me';
    const thread = [message(zoe, 'Who has the table?'), message(ali, code), message(zoe, 'Thank you!')];
    const text = copiesOf(
      'For the next cohorts.\n\nIn short: ask Ali.',
      [by(zoe), 'Who has the table?'],
      [by(ali), code],
      [by(zoe), 'Thank you!'],
    );
    expect(parted(text, thread, OPENED)).toEqual({
      body: 'For the next cohorts.\n\nIn short: ask Ali.',
      quotes: thread.map(({ id, authorId, said }) => ({ messageId: id, authorId, bot: null, body: said[0] })),
      staying: 0,
    });
  });

  it('given a webhook wrote some of it, then that is found by its name', () => {
    const thread = [message(zoe, 'It is on line.', { bot: 'Deploy bot' })];
    expect(parted(copiesOf('', ['Deploy bot', 'It is on line.']), thread, OPENED)).toMatchObject({
      body: '',
      quotes: [{ messageId: thread[0]!.id, bot: 'Deploy bot' }],
    });
  });

  it('given one is deleted by now, then its copy refers to it, and so is shown no more', () => {
    const thread = [message(zoe, 'Who?'), message(ali, null), message(ali, 'Me.')];
    const text = copiesOf('', [by(zoe), 'Who?'], [by(ali), 'Something that I regret.'], [by(ali), 'Me.']);
    expect(parted(text, thread, OPENED)!.quotes.map(({ messageId }) => messageId)).toEqual(thread.map(({ id }) => id));
  });

  it('given one is deleted in the moment in which the topic opens, then it counts as copied', () => {
    const thread = [message(ali, null, { deletedAt: OPENED.openedAt })];
    expect(parted(copiesOf('', [by(ali), 'Too late.']), thread, OPENED)!.quotes[0]!.messageId).toBe(thread[0]!.id);
  });

  it('given one was edited since, then it is what was said then, by reference', () => {
    const thread = [message(zoe, 'Who?'), message(ali, 'Me, and Zoé.', { editedAt: minute(50) })];
    const { quotes } = parted(copiesOf('', [by(zoe), 'Who?'], [by(ali), 'Me.']), thread, OPENED)!;
    expect(quotes[1]).toMatchObject({ messageId: thread[1]!.id, body: 'Me.' });
  });

  it('given the author of the topic changed the words of others, then it is as they said it; their own additions stay', () => {
    const thread = [message(zoe, 'Who?'), message(ali, 'Not me.')];
    const text = `${copiesOf('', [by(zoe), 'Who?'], [by(ali), 'Me.'])}\n\nSolved, thanks.`;
    expect(parted(text, thread, { ...OPENED, editedAt: minute(45) })).toMatchObject({
      body: 'Solved, thanks.',
      quotes: [{ body: 'Who?' }, { messageId: thread[1]!.id, body: 'Not me.' }],
    });
  });

  it('given a copy could be of one that is there or of one that is deleted, then it is of the deleted one', () => {
    const thread = [message(ali, 'Edited since.', { editedAt: minute(50) }), message(ali, null)];
    expect(parted(copiesOf('', [by(ali), 'What was it?']), thread, OPENED)!.quotes[0]!.messageId).toBe(thread[1]!.id);
  });

  it('given what was deleted before, or said later, then it was not copied, and counts nowhere', () => {
    const thread = [
      message(ali, null, { deletedAt: minute(10) }),
      message(ali, 'Now.', { editedAt: minute(50) }),
      message(ali, 'Later.', { createdAt: minute(55) }),
    ];
    expect(parted(copiesOf('', [by(ali), 'Then.']), thread, OPENED)).toMatchObject({
      quotes: [{ messageId: thread[1]!.id, body: 'Then.' }],
      staying: 0,
    });
  });

  it('given it was cut, or only my own words were carried, then it says how many stay', () => {
    const thread = [message(zoe, 'One'), message(ali, 'Two'), message(zoe, 'Three')];
    const cut = parted(`${copiesOf('', [by(zoe), 'One'])}\n\n…`, thread, OPENED)!;
    expect([cut.body, cut.staying]).toEqual(['', 2]);
    expect(parted(copiesOf('', [by(zoe), 'One'], [by(zoe), 'Three']), thread, OPENED)!.staying).toBe(1);
  });

  it('given nothing of it is in the text, or a quotation is of nobody in the thread, then nothing is changed', () => {
    const thread = [message(zoe, 'One')];
    expect(parted('Only my own words.\n\n> and a quotation', thread, OPENED)).toBeNull();
    expect(parted(copiesOf('', [by(ali), 'Elsewhere.']), thread, OPENED)).toBeNull();
    expect(parted('', [], OPENED)).toBeNull();
  });
});
