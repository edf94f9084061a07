import { createStore } from '../../api/store';

/** What I chose for this browser; nothing happens until I did. */
export interface DesktopChoice {
  on: boolean;
  /** The words of a message, and not only that there is one. */
  content: boolean;
  sound: boolean;
}

const NOTHING: DesktopChoice = { on: false, content: false, sound: false };
const keyOf = (userId: string) => `cordee-desktop-${userId}`;

export const desktopChoice = createStore<DesktopChoice>(NOTHING);

/** Reads what a person chose here, and follows what they choose in another tab. Returns how to stop. */
export function followChoice(userId: string): () => void {
  const read = () => desktopChoice.set(parsed(localStorage.getItem(keyOf(userId))));
  const heard = ({ key }: StorageEvent) => {
    if (key === keyOf(userId)) read();
  };
  read();
  window.addEventListener('storage', heard);
  return () => window.removeEventListener('storage', heard);
}

export function keepChoice(userId: string, choice: DesktopChoice): void {
  localStorage.setItem(keyOf(userId), JSON.stringify(choice));
  desktopChoice.set(choice);
}

function parsed(kept: string | null): DesktopChoice {
  try {
    return { ...NOTHING, ...(JSON.parse(kept ?? '{}') as Partial<DesktopChoice>) };
  } catch {
    return NOTHING;
  }
}
