import { useNavigate, useSearch } from '@tanstack/react-router';

/** What the address asks for behind its question mark, and how to ask for something else. What is not named stays; of what is undefined nothing is said. */
export function useAsked(tab: 'reviews' | 'results') {
  const navigate = useNavigate();
  const asked: Record<string, string | undefined> = useSearch({ strict: false });
  const ask = (change: Record<string, string | undefined>) =>
    void navigate({
      to: '.',
      search: { ...asked, ...change, tab } as never,
      replace: true,
      resetScroll: false,
    });
  return { asked, ask };
}
