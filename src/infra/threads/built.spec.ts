import { builtPath } from './built.js';

const at = (path: string) => new URL(`file://${path}`);

describe('where threads find a module', () => {
  it.each([
    ['/usr/src/app/dist', 'js', '/usr/src/app/dist/infra/mail/mail-thread.js'],
    ['/home/src/dist', 'js', '/home/src/dist/infra/mail/mail-thread.js'],
    ['/usr/src/app/src', 'ts', '/usr/src/app/dist/infra/mail/mail-thread.js'],
    ['/home/ada/app/src', 'ts', '/home/ada/app/dist/infra/mail/mail-thread.js'],
  ])('given the app runs from %s, then what was built beside it', (root, ending, path) => {
    const here = at(`${root}/infra/threads/built.${ending}`).href;
    expect(builtPath(at(`${root}/infra/mail/mail-thread`), here)).toBe(path);
  });

  it('given a module elsewhere, then where it is', () => {
    const here = at('/home/ada/app/src/infra/threads/built.ts').href;
    expect(builtPath(at('/home/ada/other/src/task'), here)).toBe('/home/ada/other/src/task.js');
  });
});
