import { readFileSync } from 'node:fs';
import { digestWordsOf } from '../digests/digest-words.js';
import { handOverItems, handOverWordsOf } from './hand-over-words.js';
import { noticeText, wordsOf } from './words.js';

type Words = { [key: string]: string | Words };
const webWords = (file: string) => JSON.parse(readFileSync(`web/src/${file}.json`, 'utf8')) as Record<string, Words>;
const keysOf = (words: Words, above = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [above + key] : keysOf(value, `${above}${key}.`),
  );
const reader = (locale: 'en' | 'fr') => ({ locale, timeZone: 'Europe/Paris' });

describe.each(['en', 'fr'] as const)('the words of notices (%s)', (locale) => {
  it('given a reason, then the inbox has words for it, as the mail has', () => {
    const { why } = webWords(`features/inbox/${locale}`);
    expect(keysOf(why!).sort()).toEqual(Object.keys(wordsOf(locale).why).sort());
  });

  it('given a phase, then it is called as on pages', () => {
    expect(webWords(`i18n/words/common/${locale}`).phases).toMatchObject(wordsOf(locale).phases);
  });
});

describe('a notice of a channel', () => {
  const titleFor = (locale: 'en' | 'fr', params: Record<string, string | null>) =>
    noticeText(
      { kind: 'chat.mentioned', params: { by: 'Zoé', excerpt: '', ...params }, why: 'mentioned' },
      reader(locale),
    ).title;

  it('given one of ours, then it is called as the reader sees it', () => {
    const ours = { channel: 'craft-data', channelKey: 'craft-data' };
    expect(titleFor('fr', ours)).toBe('Zoé vous a mentionné·e dans #métier-données');
    expect(titleFor('en', ours)).toBe('Zoé mentioned you in #craft-data');
  });

  it('given one that people made, or a notice of before, then it is called as they named it', () => {
    expect(titleFor('fr', { channel: 'lunch', channelKey: null })).toBe('Zoé vous a mentionné·e dans #lunch');
    expect(titleFor('fr', { channel: 'lunch' })).toBe('Zoé vous a mentionné·e dans #lunch');
  });
});

describe('the monthly letter to a host', () => {
  const letterTo = (locale: 'en' | 'fr', project: string, projects?: number) => {
    const params = { cohort: 'Cohort 7', what: 'month', workshops: 1, has: 'false', team: 'none', project };
    const notice = {
      kind: 'letter.reminder' as const,
      params: { ...params, ...(projects !== undefined && { projects }) },
    };
    const { title, body, act } = noticeText({ ...notice, why: 'month' }, reader(locale));
    return [title, body, act].join(' | ');
  };

  it.each([
    [
      'en',
      'none',
      0,
      'Cohort 7: this month | One workshop is planned. See what the projects of the cohort are about. | Open the projects',
    ],
    [
      'en',
      'Forms',
      1,
      'Cohort 7: this month, Forms | One workshop is planned. See how your project stands, and what it needs from you. | Open the project',
    ],
    [
      'en',
      'A, B',
      2,
      'Cohort 7: this month, A, B | One workshop is planned. See how your projects stand, and what they need from you. | Open the projects',
    ],
    [
      'fr',
      'none',
      0,
      'Cohort 7\u00a0: ce mois-ci | Un atelier est prévu. Voyez sur quoi portent les défis de la promotion. | Ouvrir les défis',
    ],
    [
      'fr',
      'Forms',
      1,
      'Cohort 7\u00a0: ce mois-ci, Forms | Un atelier est prévu. Voyez où en est votre défi, et ce qu’il attend de vous. | Ouvrir le défi',
    ],
    [
      'fr',
      'A, B',
      2,
      'Cohort 7\u00a0: ce mois-ci, A, B | Un atelier est prévu. Voyez où en sont vos défis, et ce qu’ils attendent de vous. | Ouvrir les défis',
    ],
  ] as const)('given in %s who hosts "%s", then it speaks of what they have', (locale, project, count, text) => {
    expect(letterTo(locale, project, count)).toBe(text);
  });

  it('given one of before, which does not say how many, then it can be read', () => {
    expect(letterTo('en', 'Forms')).toContain('See how your project');
    expect(letterTo('fr', 'Forms')).toContain('Voyez où en');
  });
});

describe('the list of what to hand over', () => {
  const of = (handOver: string, more: Record<string, string | number>) =>
    handOverItems(
      { handOver, cohortLink: '/c/1', committeeOn: '2027-05-31', actions: 0, projects: 0, coach: 'none', ...more },
      reader('en'),
    ).map(({ path }) => path.slice('/c/1'.length));

  it('names a last session to fellows whose project has a coach, and fellows to who accompanies some', () => {
    const with1 = { projects: 1, project: 'Open forms', projectId: 'p', agency: 'Prefecture' };
    expect(of('fellow', with1)).not.toContain('/coaching');
    expect(of('fellow', { ...with1, coach: 'true' })).toContain('/coaching');
    expect(of('coach', {})).not.toContain('/coaching/fellows');
    expect(of('coach', { ...with1, coach: 'true' })).toContain('/coaching/fellows');
  });
});

describe('the last month of a residency', () => {
  const bodyFor = (locale: 'en' | 'fr', actions?: number) => {
    const params = {
      cohort: 'Cohort 7',
      moment: 'last_month',
      part: 'fellow',
      ...(actions !== undefined && { actions }),
    };
    return noticeText({ kind: 'residency.reminder', params, why: 'member' }, reader(locale)).body;
  };

  it('given a notice of before, which does not say how many actions are open, then it speaks of none, as where none is', () => {
    for (const locale of ['en', 'fr'] as const) expect(bodyFor(locale)).toBe(bodyFor(locale, 0));
    expect(bodyFor('en')).toMatch(/^To hand over: /);
    expect(bodyFor('fr')).toMatch(/^À transmettre\u00a0: /);
    expect(bodyFor('en', 1)).toMatch(/^One open action is yours\. To hand over: /);
  });
});

describe('the French of mails', () => {
  it('is printed with a hard space before : ; ? ! and inside guillemets, and a curly apostrophe', () => {
    const texts: string[] = [];
    JSON.stringify([wordsOf('fr'), digestWordsOf('fr'), handOverWordsOf('fr')], (_, value: unknown) => {
      if (typeof value === 'string') texts.push(value);
      return value;
    });
    // Inside of braces ICU speaks its own language.
    const words = texts.map((text) => text.replace(/\{\w+, (plural|select|selectordinal),/g, ''));
    const bad = /[^\u00a0\u202f\s][:;?!](?=\s|$)|(?<![\u00a0\u202f]) [:;?!»]|« |\p{L}'\p{L}/iu;
    expect(texts.length).toBeGreaterThan(200);
    expect(words.filter((text) => bad.test(text))).toEqual([]);
  });

  it('says no “de” or “que” before what may begin with a vowel', () => {
    const texts: string[] = [];
    JSON.stringify([wordsOf('fr'), digestWordsOf('fr')], (_, value: unknown) => {
      if (typeof value === 'string') texts.push(value);
      return value;
    });
    expect(texts.filter((text) => /\b(de|que|lorsque|puisque) \{\w+\}/u.test(text))).toEqual([]);
  });
});
