import { enclose, link, prefix, table, wrap } from './markdown-edits';

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

  it('puts lines of code between fences, on lines of their own', () => {
    const fenced = enclose({ text: 'see x() now', start: 4, end: 7 }, '```', '```');
    expect(fenced.text).toBe('see \n```\nx()\n```\n now');
    expect(fenced.text.slice(fenced.start, fenced.end)).toBe('x()');
    expect(enclose({ text: '', start: 0, end: 0 }, '```', '```')).toEqual({ text: '```\n\n```', start: 4, end: 4 });
  });

  it('makes a table below the line, and selects its first head', () => {
    const made = table({ text: 'one\ntwo', start: 1, end: 1 }, 'head');
    expect(made.text).toBe('one\n\n| head | head |\n| --- | --- |\n|  |  |\n\ntwo');
    expect(made.text.slice(made.start, made.end)).toBe('head');
    expect(table({ text: '', start: 0, end: 0 }, 'a').text).toBe('| a | a |\n| --- | --- |\n|  |  |\n');
  });

  it('makes a list of the selected lines and undoes it', () => {
    const listed = prefix({ text: 'one\ntwo\nthree', start: 1, end: 6 }, '- ');
    expect(listed.text).toBe('- one\n- two\nthree');
    expect(prefix({ ...listed, start: 0 }, '- ').text).toBe('one\ntwo\nthree');
  });
});
