import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaces } from './faces';
import { fitting, isQuoted, typedName } from './mentions';
import { NameRow } from './NameRow';
import type { Source } from './useSuggestions';

/** The members of a cohort as names that a text for all of it can call; they are asked for once somebody types `@`. */
export function useMembers(cohortId: string | null): Source {
  const { t } = useTranslation();
  const [isWanted, setWanted] = useState(false);
  const people = useFaces(isWanted ? cohortId : null);
  return {
    label: t('common:naming.members'),
    typed: (text, caret) => (isQuoted(text, caret) ? null : typedName(text, caret)),
    find: (query) =>
      fitting(people, query).map((person) => ({
        key: person.id,
        text: `@${person.name} `,
        row: <NameRow person={person} />,
      })),
    onWanted: () => setWanted(true),
  };
}
