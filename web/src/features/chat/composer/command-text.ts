/** A text that is a command: a slash, and not two. */
export const isCommand = (text: string): boolean => /^\s*\/(?!\/)/.test(text);

/** What is sent of a text: `//` at its head is a slash. */
export const literal = (text: string): string => text.replace(/^\/\//, '/');

/** A command as it is typed: its name without the slash, and what comes after it. */
export function commandIn(text: string): { name: string; args: string } {
  const [, name = '', args = ''] = /^\s*\/(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  return { name, args: args.trim() };
}
