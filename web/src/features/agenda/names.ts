import {
  IconFlag,
  IconMessages,
  IconMicrophone2,
  IconPresentation,
  IconSchool,
  IconUsers,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AgendaItem } from '../../../../src/contracts/calendar';
import { useMe } from '../../api/session';
import { useNames } from '../../shell/navigation/names';

/** The icon of a kind: each kind has one shape everywhere. */
export function iconOf({ kind, workshopKind }: Pick<AgendaItem, 'kind' | 'workshopKind'>): TablerIcon {
  if (kind === 'milestone') return IconFlag;
  if (kind === 'session') return IconMessages;
  if (workshopKind === 'standup') return IconUsers;
  if (workshopKind === 'talk') return IconMicrophone2;
  return workshopKind === 'seminar' ? IconSchool : IconPresentation;
}

/** What an entry is called: a session after the people I meet in it. */
export function useItemTitle(): (item: AgendaItem) => string {
  const { t } = useTranslation('agenda');
  const me = useMe();
  const names = useNames();
  return (item) => {
    if (item.kind === 'milestone') return names.milestone(item);
    if (item.kind === 'workshop') return item.title ?? '';
    const others = item.people.filter((person) => person.id !== me.id && person.name).map((person) => person.name);
    return others.length > 0 ? t('sessionWith', { names: others.join(', ') }) : t('session');
  };
}
