import { formAsFile, formFromFile } from './form-file';
import { newField } from './fields';

const name = { ...newField('short'), key: 'name' };

describe('a form as a file', () => {
  it('given a form, then its file brings the same', () => {
    const fields = [name, newField('one'), newField('file')];
    expect(formFromFile(formAsFile(fields))).toEqual(fields);
  });

  it.each([
    ['no JSON', '{'],
    ['another file', JSON.stringify({ fields: [name] })],
    ['no name', formAsFile([newField('short')])],
    ['two fields of one key', formAsFile([name, name])],
    ['a kind that is none', JSON.stringify({ cordee: 'form', fields: [{ ...name, kind: 'script' }] })],
    ['too many fields', formAsFile([name, ...Array.from({ length: 120 }, () => newField('short'))])],
  ])('given %s, then it is none', (_, text) => expect(formFromFile(text)).toBeNull());
});
