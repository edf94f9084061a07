import { parse } from 'yaml';
import { filesOf, markdownFile } from './page-files.js';

const page = (id: string, parentId: string | null, en: string | null, fr: string | null = null) => ({
  ...{ id, parentId, order: 0, title: { en, fr } },
});

describe('pages as files', () => {
  it('given a tree, then each stands in the folder of its parent, numbered in its order', () => {
    const files = filesOf([
      page('a', null, 'Working in an agency'),
      page('b', 'a', 'Publish code', 'Publier du code'),
      page('c', 'b', null, 'Événements'),
      page('d', 'a', 'Publish code'),
      page('e', null, '…'),
    ]);
    expect(files.map(({ path }) => path)).toEqual([
      '01-working-in-an-agency.en.md',
      '01-working-in-an-agency/01-publish-code.en.md',
      '01-working-in-an-agency/01-publish-code.fr.md',
      '01-working-in-an-agency/01-publish-code/01-evenements.fr.md',
      '01-working-in-an-agency/02-publish-code.en.md',
      '02-page.en.md',
    ]);
  });

  it('given whatever a title says, then it is a text of the front matter, and no path', () => {
    const title = '../../etc: "passwd"\u0085# \u{1f4d8}';
    expect(filesOf([page('a', null, title)])[0]?.path).toBe('01-etc-passwd.en.md');
    const file = markdownFile({ title, body: 'Text.\n\n---\n' }, { language: 'en', version: 3, topic: null });
    expect(parse(file.split('\n---\n')[0]!.replace('---\n', ''))).toEqual({
      title,
      language: 'en',
      version: 3,
      topic: null,
    });
  });
});
