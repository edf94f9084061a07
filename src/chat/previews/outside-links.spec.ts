import { Types } from 'mongoose';
import type { MessageRow, PreviewRow } from '../messages/message.schema.js';
import {
  isOutside,
  mayBeLinked,
  outsideOf,
  pageAddress,
  pagesIn,
  previewId,
  previewsAfter,
  withoutPreview,
} from './outside-links.js';

const HERE = 'https://cordee.example';
const PAGE = 'https://news.example/a?b=c';
const preview = (url: string, more: Partial<PreviewRow> = {}): PreviewRow => ({
  url,
  title: url,
  description: '',
  site: '',
  ...more,
});

const outsideLinksIn = (body: string, publicUrl: string) => outsideOf(pagesIn(body), publicUrl);

describe('the pages that a text links to', () => {
  it.each([
    ['alone', PAGE, [PAGE]],
    ['in a sentence', `Look at ${PAGE}, please.`, [PAGE]],
    ['with a name', `[there](${PAGE})`, [PAGE]],
    ['in angle brackets', `<${PAGE}>`, [PAGE]],
    ['as an image', `![a view](${PAGE})`, [PAGE]],
    ['without a scheme', 'www.news.example', ['http://www.news.example/']],
    ['twice, with other places in it', `${PAGE}#x ${PAGE}#y`, [PAGE]],
    ['with capitals in its name', '[x](https://News.Example./A)', ['https://news.example/A']],
    ['with its usual port', 'https://news.example:443/', ['https://news.example/']],
    ['in a list', `- ${PAGE}`, [PAGE]],
    [
      'four times',
      'https://a.example https://b.example https://c.example https://d.example',
      ['https://a.example/', 'https://b.example/', 'https://c.example/'],
    ],
    ['beside our own', `${HERE}/c/1 ${PAGE}`, [PAGE]],
  ])('given one %s, then it is found', (_, body, links) => {
    expect(outsideLinksIn(body, HERE)).toEqual(links);
  });

  it.each([
    ['of our own', `${HERE}/c/1/chat/2`],
    ['of our own by another scheme or port', 'http://cordee.example:8080/ https://cordee.example./'],
    ['in code', `\`${PAGE}\``],
    ['in a block of code', `\`\`\`\n${PAGE}\n\`\`\``],
    ['in a quote', `> [Inès](${PAGE})`],
    ['with a password', 'https://me:secret@news.example/'],
    ['of another scheme', 'ftp://news.example mailto:me@news.example [x](javascript:alert(1)) [y](file:///etc/passwd)'],
    ['within the page', '[x](#y) [z](/c/1)'],
    ['that is too long', `https://news.example/${'x'.repeat(2000)}`],
    ['that is none', '[x](http://) http://[::1'],
  ])('given one %s, then none is found', (_, body) => {
    expect(outsideLinksIn(body, HERE)).toEqual([]);
  });

  it('given a text that is too deep to read, then none is found, soon', () => {
    expect(outsideLinksIn(`${'>'.repeat(4000)} ${PAGE}`, HERE)).toEqual([]);
  });
});

describe('an address', () => {
  it.each([
    ['http://2130706433/', 'http://127.0.0.1/'],
    ['http://0x7f.1/', 'http://127.0.0.1/'],
    ['http://0177.0.0.1/', 'http://127.0.0.1/'],
    ['http://[0:0::1]/', 'http://[::1]/'],
    ['https://défi.example/é', 'https://xn--dfi-bma.example/%C3%A9'],
  ])('%s is the same as %s', (given, address) => {
    expect(pageAddress(given)).toBe(address);
  });

  it('outside is not our own, by whatever port', () => {
    expect(isOutside(new URL('https://cordee.example:444/'), HERE)).toBe(false);
    expect(isOutside(new URL('https://cordee.example.evil/'), HERE)).toBe(true);
  });
});

describe('whether it is worth looking', () => {
  const row = { body: PAGE } as MessageRow;
  it.each([
    [{}, true],
    [{ body: 'see www.news.example' }, true],
    [{ body: 'no link' }, false],
    [{ bot: { name: 'CI' } }, false],
    [{ note: { kind: 'call', link: PAGE } }, false],
    [{ imported: true }, false],
    [{ deletedAt: new Date() }, false],
  ])('%j: %s', (change, worth) => {
    expect(mayBeLinked({ ...row, ...change } as MessageRow)).toBe(worth);
  });
});

describe('the previews beneath a text', () => {
  const [a, b] = [preview('https://a.example/'), preview('https://b.example/', { removed: true })];

  it('given that it changed, then those of what it still links to, in its order', () => {
    expect(previewsAfter([a, b], [b.url, a.url])).toEqual([b, a]);
    expect(previewsAfter([a, b], [a.url])).toEqual([a]);
    expect(previewsAfter([a, b], [])).toEqual([]);
  });

  it('given one that is known already, then the known one stays: what was taken away does not come back', () => {
    expect(previewsAfter([b, preview(b.url)], [b.url])).toEqual([b]);
  });

  it('given that one is taken away, then it is once', () => {
    const message = { _id: new Types.ObjectId(), previews: [a, b] };
    const idOf = ({ url }: PreviewRow) => previewId(message._id, url);
    expect(withoutPreview(message, idOf(a).toUpperCase())).toEqual([{ ...a, removed: true }, b]);
    expect(withoutPreview(message, idOf(b))).toBeNull();
    expect(withoutPreview(message, 'x')).toBe('unknown');
    expect(withoutPreview({ _id: new Types.ObjectId(), previews: [a, b] }, idOf(a))).toBe('unknown');
  });
});
