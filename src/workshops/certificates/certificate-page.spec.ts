import { certificatePage } from './certificate-page.js';
import { certificateWords } from './certificate-words.js';

const wordsWith = (more: { name?: string; title?: string; cohort?: string; hosts?: string[] }) =>
  certificateWords({
    ...{ name: 'សុខា', title: 'Opening a repository', kind: 'workshop', cohort: 'Cohort 7', hosts: ['Paul'] },
    ...{ startsAt: new Date('2026-10-25T00:30:00Z'), endsAt: new Date('2026-10-25T02:00:00Z') },
    ...{ timeZone: 'Europe/Paris', now: new Date('2026-10-26T23:30:00Z'), locale: 'en' },
    address: 'https://cordee.example/certificates/7KQ2-9M4X-B0TD-W5HA',
    ...more,
  });

describe('the page of a certificate', () => {
  it.each([
    ['all of it in letters that fonts have', {}, null],
    ['a picture in the title that none has', { title: 'Opening \u{2e5d}' }, null],
    ['a picture in the name that none has', { name: 'Inès \u{2e5d}' }, ['\u{2e5d}']],
    ['a letter of the name', { name: '\u{20bb7}野' }, ['\u{20bb7}']],
    ['a letter of the title', { title: 'Opening ཀ' }, ['ཀ']],
    ['a letter of the cohort', { cohort: 'ཀ' }, ['ཀ']],
    ['a letter of a host', { hosts: ['Paul', 'ཀཀ'] }, ['ཀ']],
  ])('given %s, then it is drawn, or says what it would leave out', async (_, more, letters) => {
    const page = await certificatePage({ words: wordsWith(more), lang: 'en', logo: null });
    if (letters) expect(page).toEqual({ letters });
    else expect(page).toBeInstanceOf(Uint8Array);
  });

  it.each([
    ['Khmer', 'ស្រីមុំ'],
    ['Gurmukhi', 'ਹਰਜੋਤ ਸਿੰਘ'],
    ['Malayalam', 'ലക്ഷ്മി കൃഷ്ണൻ'],
    ['Telugu', 'శ్రీనివాస్ వెంకటేశ్వర్లు'],
    ['Sinhala', 'ප්‍රියන්ත ශ්‍රී'],
    ['Odia', 'ପ୍ରିୟଙ୍କା'],
    ['Kannada', 'ರಾಜೇಶ್ವರಿ'],
    ['Gujarati', 'શ્રુતિ નરેન્દ્ર'],
  ])('given a name in %s, whose marks the font places, then it is drawn', async (_, name) => {
    expect(await certificatePage({ words: wordsWith({ name }), lang: 'en', logo: null })).toBeInstanceOf(Uint8Array);
  });
});
