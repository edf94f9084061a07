import { Types } from 'mongoose';
import { type AskedPost, isMixed, ownWordsOf, stayingOf } from './own-words.js';

const ID = '65f000000000000000000001';
const [zoe, ali] = [new Types.ObjectId(), new Types.ObjectId()];
const post = (more: Partial<AskedPost> = {}): AskedPost => ({ authorId: zoe, body: 'Mine.', ...more });
const edition = (number: number, byId = zoe) => ({ number, byId, why: null, begunAt: new Date(0) });

it.each([
  ['words', 'Ask the **host**.', 'Ask the **host**.'],
  ['nothing', '', ''],
  ['a quotation alone', `> <#${ID}>\n> Secret.`, ''],
  ['words below a quotation', `> <#${ID}>\n> Secret.\n\nI agree.`, '> …\n\nI agree.'],
  ['words between two', `A\n\n> <#${ID}>\n> Secret\n\nB\n\n> <#${ID}>\n> Again`, 'A\n\n> …\n\nB\n\n> …'],
  ['a quotation in a quotation', `> > <#${ID}>\n> > Secret\n>\n> mine`, ''],
  ['a quotation that was typed by hand', 'A\n\n> Zoé\n>\n> Secret\n\nB', 'A\n\n> …\n\nB'],
  ['one within a list', '- A\n- > Secret', '- A\n> …'],
  ['code that looks like one', '````\n```\n> Secret\n````\n> Secret', '````\n```\n> …\n````\n> …'],
])('given %s, then the own words are told from those of others', (_name, body, own) => {
  expect(ownWordsOf(body)).toBe(own);
  expect(ownWordsOf(body)).not.toContain('Secret');
});

it('given files, a poll and quotations, then they stay', () => {
  expect(stayingOf(post())).toEqual([]);
  const whole = { body: `> <#${ID}>\n> Said.\n\nMine`, attachments: [{}], poll: {} } as unknown as Partial<AskedPost>;
  expect(stayingOf(post(whole))).toEqual(['files', 'poll', 'quotes']);
  expect(stayingOf(post({ quotes: [{}] } as unknown as Partial<AskedPost>))).toEqual(['quotes']);
});

it.each([
  ['never edited', post(), [], false],
  ['edited by its author', post({ edition: edition(3) }), [zoe, zoe], false],
  ['edited by somebody else last', post({ edition: edition(2, ali) }), [zoe], true],
  ['edited by somebody else once', post({ edition: edition(3) }), [zoe, ali], true],
  ['a wiki', post({ wiki: true }), [], true],
  ['with versions that are not kept any more', post({ edition: edition(60) }), [zoe, zoe], true],
])('given a post that was %s, then mixed is told', (_name, row, byIds, expected) => {
  expect(isMixed(row, byIds)).toBe(expected);
});
