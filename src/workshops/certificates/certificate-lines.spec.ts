import { fontRuns, undrawn } from './certificate-fonts.js';
import { visualLines } from './certificate-lines.js';

const fileOf = (path: string) => path.split('/').at(-1)!;
const seen = (text: string, width = 1000) =>
  visualLines(text, 'regular', width, (run) => run.text.length * 10).map((line) =>
    line.map((run) => run.text).join(''),
  );

describe('the font of each letter', () => {
  it.each([
    ['Latin, with all its marks', 'Inès Łukasz Nguyễn', 'DejaVuSans.ttf'],
    ['Greek', 'Γιώργος', 'DejaVuSans.ttf'],
    ['Cyrillic', 'Владимир', 'DejaVuSans.ttf'],
    ['Arabic', 'محمد', 'DejaVuSans.ttf'],
    ['Hebrew', 'דוד', 'DejaVuSans.ttf'],
    ['Devanagari', 'नमस्ते', 'noto-sans-devanagari-devanagari-400-normal.woff'],
    ['Bengali', 'রবি', 'noto-sans-bengali-bengali-400-normal.woff'],
    ['Tamil', 'குமார்', 'noto-sans-tamil-tamil-400-normal.woff'],
    ['Thai', 'สมชาย', 'noto-sans-thai-thai-400-normal.woff'],
    ['Ethiopic', 'አበበ', 'noto-sans-ethiopic-ethiopic-400-normal.woff'],
    ['Telugu', 'శ్రీనివాస్', 'noto-sans-telugu-telugu-400-normal.woff'],
    ['Gujarati', 'પ્રિયંકા', 'noto-sans-gujarati-gujarati-400-normal.woff'],
    ['Kannada', 'ಲಕ್ಷ್ಮಿ', 'noto-sans-kannada-kannada-400-normal.woff'],
    ['Malayalam', 'ശ്രീജിത്ത്', 'noto-sans-malayalam-malayalam-400-normal.woff'],
    ['Odia', 'ପ୍ରିୟଙ୍କା', 'noto-sans-oriya-oriya-400-normal.woff'],
    ['Gurmukhi', 'ਗੁਰਪ੍ਰੀਤ', 'noto-sans-gurmukhi-gurmukhi-400-normal.woff'],
    ['Khmer', 'សុខា', 'noto-sans-khmer-khmer-400-normal.woff'],
    ['Sinhala', 'නිමල්', 'noto-sans-sinhala-sinhala-400-normal.woff'],
    ['Lao', 'ສົມສັກ', 'DejaVuSans.ttf'],
    ['Armenian', 'Արամ', 'DejaVuSans.ttf'],
    ['Georgian', 'ნინო', 'DejaVuSans.ttf'],
    ['Chinese', '王小明陳', 'NotoSansKR-Regular.otf'],
    ['Chinese as on the mainland', '刘伟', 'NotoSansHans-Regular.otf'],
    ['Japanese', 'さくら', 'NotoSansKR-Regular.otf'],
    ['Korean', '김민수', 'NotoSansKR-Regular.otf'],
    ['emoji, put together from several, too', '😀🎓👩‍💻🇫🇷', 'noto-emoji-emoji-400-normal.woff'],
  ])('given %s, then one font has all of it', (_, text, file) => {
    const runs = fontRuns(text, 'regular').map((run) => [run.text, fileOf(run.font)]);
    expect(runs).toEqual([[text, file]]);
  });

  it('given several writings, then a piece for each, and nothing is lost', () => {
    const text = 'Inès 王 🎓';
    expect(fontRuns(text, 'bold').map((run) => run.text)).toEqual(['Inès ', '王', ' ', '🎓']);
  });

  it('given a letter that no font has, then it is left out: it would be a box', () => {
    expect(fontRuns('a\u{1e900}b', 'regular').map((run) => run.text)).toEqual(['ab']);
  });

  it.each([
    ['Inès Łukasz 王 🎓 1️⃣ 👩‍💻', 'Inès Łukasz 王 🎓 1️⃣ 👩‍💻', []],
    ['𝓙𝓸𝓱𝓷 𝓢𝓶𝓲𝓽𝓱', 'John Smith', []],
    ['\u{1e900}b\u{1e901}\u{1e900}', 'b', ['\u{1e900}', '\u{1e901}']],
    ['\u{20bb7}野', '野', ['\u{20bb7}']],
    ['ကို Ko', ' Ko', ['က', 'ိ', 'ု']],
    ['བསྟན Tenzin', ' Tenzin', ['བ', 'ས', 'ྟ', 'ན']],
  ])('given %s, then %s is drawn, and what is not is known', (text, drawn, lost) => {
    const runs = fontRuns(text, 'bold');
    expect(runs.map((run) => run.text).join('')).toBe(drawn);
    expect(undrawn(text, 'bold')).toEqual(lost);
  });
});

describe('lines', () => {
  it('given more than fits, then it breaks between words', () => {
    expect(seen('one two three', 80)).toEqual(['one two', 'three']);
    expect(seen('« un deux » trois', 100)).toEqual(['« un', 'deux »', 'trois']);
  });

  it('given a writing without spaces, then between its words', () => {
    const lines = seen('東京都は大きい', 50);
    expect([lines.join(''), lines.length]).toEqual(['東京都は大きい', 2]);
  });

  it('given a name from right to left within others, then it stands where it is read, with its brackets', () => {
    // The font turns the letters of the piece with the name, and so its bracket comes before it.
    expect(seen('by דוד (2026) and Zoé')).toEqual([['by ', '(', '2026', 'דוד )', ' and Zoé'].join('')]);
    expect(seen('דוד Zoé')).toEqual([['Zoé', 'דוד '].join('')]);
  });
});
