import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../../time/clock';
import { emojiFor, typedShortcode, withShortcode, type Emoji } from './shortcodes';
import type { Source } from '../../../ui/naming/useSuggestions';

const NONE: readonly Emoji[] = [];

/** All emoji with their names; they come when they are wanted. */
export function useEmoji(wanted: boolean): readonly Emoji[] {
  const locale = useLocale();
  const { data } = useQuery({
    queryKey: ['emoji', locale],
    queryFn: async () => (await import('./emoji-data')).loadEmoji(locale),
    enabled: wanted,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return data ?? NONE;
}

/** `:tada` in a field: a list while it is typed, the emoji when it is typed to its end. */
export function useShortcodes(): {
  source: Source;
  completed: (text: string, caret: number) => { text: string; caret: number } | null;
} {
  const { t } = useTranslation('chat');
  const [wanted, setWanted] = useState(false);
  const emojis = useEmoji(wanted);
  return {
    source: {
      label: t('emoji.list'),
      typed: typedShortcode,
      find: (query) =>
        emojiFor(emojis, query).map(({ emoji, codes: [code = ''] }) => ({
          key: emoji,
          text: emoji,
          row: (
            <>
              <span aria-hidden>{emoji}</span>
              <span className="cut">:{code}:</span>
            </>
          ),
        })),
      onWanted: () => setWanted(true),
    },
    completed: (text, caret) => withShortcode(text, caret, emojis),
  };
}
