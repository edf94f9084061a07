import { link, prefix, wrap } from './markdown-edits';

describe('formatting by the toolbar', () => {
  it('puts marks around a word and takes them away again', () => {
    const bold = wrap({ text: 'a word here', start: 2, end: 6 }, '**');
    expect(bold).toEqual({ text: 'a **word** here', start: 4, end: 8 });
    expect(wrap(bold, '**')).toEqual({ text: 'a word here', start: 2, end: 6 });
  });

  it('makes a link and selects its address', () => {
    const made = link({ text: 'see docs now', start: 4, end: 8 }, 'words');
    expect(made.text).toBe('see [docs](https://) now');
    expect(made.text.slice(made.start, made.end)).toBe('https://');
  });

  it('uses the given words where nothing is selected', () => {
    expect(link({ text: '', start: 0, end: 0 }, 'words').text).toBe('[words](https://)');
  });

  it('makes a list of the selected lines and undoes it', () => {
    const listed = prefix({ text: 'one\ntwo\nthree', start: 1, end: 6 }, '- ');
    expect(listed.text).toBe('- one\n- two\nthree');
    expect(prefix({ ...listed, start: 0 }, '- ').text).toBe('one\ntwo\nthree');
  });
});
