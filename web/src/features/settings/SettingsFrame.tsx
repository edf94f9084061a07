import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SectionPage } from '../../ui/sections/SectionPage';
import { GROUPS, SECTIONS, type SectionId } from './sections';

interface SettingsFrameProps {
  at: SectionId;
  lead?: string;
  right?: ReactNode;
  children: ReactNode;
}

/** One section of my settings beside the list of all. */
export function SettingsFrame(props: SettingsFrameProps) {
  const { t } = useTranslation('settings');
  const groups = GROUPS.map((group) => ({
    label: t(`groups.${group}`),
    sections: SECTIONS[group].map((section) => ({
      id: section,
      label: t(`sections.${section}`),
      link: { to: '/settings/$section' as const, params: { section } },
    })),
  }));
  return <SectionPage title={t('title')} groups={groups} {...props} />;
}
