import { Line } from '../contracts/primitives.js';

const MOST = 200;
const MAX_EXTENSION = 20;
const cleaned = Line(MOST * 100, 0);

/** Names of files as people may see them: one line, no folder, nothing that turns the direction of writing, at most 200 characters. */
export function fileNameFrom(given: string): string {
  const parsed = cleaned.safeParse(given.slice(0, MOST * 50).replace(/^.*[/\\]/s, ''));
  const name = parsed.success ? parsed.data : '';
  if (name === '' || /^\.+$/.test(name)) return 'file';
  const letters = Array.from(name);
  if (letters.length <= MOST) return name;
  const dot = letters.lastIndexOf('.');
  const extension = dot > 0 && letters.length - dot <= MAX_EXTENSION ? letters.slice(dot) : [];
  return [...letters.slice(0, MOST - extension.length - 1), '…', ...extension].join('');
}

/** The extension in lower case, without its dot; empty where there is none. */
export const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
