import { useTranslation } from 'react-i18next';
import type { ChannelSummary, Cohort } from '../../api/types';

type NamedMilestone = { titleKey: string | null; title: string | null };

/** Names that a template gave (phases, milestones, channels) in the language of the reader; a person's own words as they are. */
export function useNames() {
  const { t } = useTranslation(['names', 'common']);
  const known = (key: string, words: string) => t(key, { defaultValue: words });
  return {
    phase: (phase: Pick<Cohort['phases'][number], 'key' | 'name'>) => phase.name ?? t(`common:phases.${phase.key}`),
    milestone: ({ titleKey, title }: NamedMilestone) =>
      titleKey ? known(`names:milestones.${titleKey}`, title ?? titleKey) : (title ?? ''),
    channel: (channel: Pick<ChannelSummary, 'kind' | 'name' | 'nameKey' | 'people'>) => {
      if (channel.kind === 'direct') return channel.people.map((person) => person.name).join(', ') || t('common:you');
      return channel.nameKey ? known(`names:channels.${channel.nameKey}`, channel.name) : channel.name;
    },
  };
}
