import { commandIn, isCommand, literal } from './command-text';

describe('what is a command', () => {
  it.each([
    ['/help', true],
    ['  /topic x', true],
    ['/', true],
    ['//etc/hosts', false],
    ['and /help', false],
    ['', false],
  ])('%j: %s', (text, is) => {
    expect(isCommand(text)).toBe(is);
  });

  it.each([
    ['/topic  New words ', { name: 'topic', args: 'New words' }],
    ['/help', { name: 'help', args: '' }],
    ['/', { name: '', args: '' }],
    ['/remind me\ntomorrow', { name: 'remind', args: 'me\ntomorrow' }],
  ])('%j: %j', (text, command) => {
    expect(commandIn(text)).toEqual(command);
  });

  it('sends one slash for two', () => {
    expect([literal('//etc/hosts'), literal('a // b'), literal('plain')]).toEqual(['/etc/hosts', 'a // b', 'plain']);
  });
});
