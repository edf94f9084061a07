import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCohort, useMembership } from '../../api/session';
import { SectionPage } from '../../ui/sections/SectionPage';
import { type CohortSection, GROUPS, SECTIONS } from './sections';

interface CohortSettingsFrameProps {
  cohortId: string;
  at: CohortSection;
  lead?: string;
  right?: ReactNode;
  children: ReactNode;
}

/** One section of a cohort's settings beside the list of those that I may open. */
export function CohortSettingsFrame({ cohortId, ...props }: CohortSettingsFrameProps) {
  const { t } = useTranslation('cohort');
  const mayOpen = useMayOpen();
  const groups = GROUPS.map((group) => ({
    label: t(`groups.${group}`),
    sections: SECTIONS[group].filter(mayOpen).map((section) => ({
      id: section,
      label: t(`sections.${section}`),
      link: { to: '/c/$cohortId/settings/$section' as const, params: { cohortId, section } },
    })),
  })).filter(({ sections }) => sections.length > 0);
  return <SectionPage title={t('title')} groups={groups} {...props} />;
}

/** An admin from outside has not the pages of the team; of a cohort that is closed the forum can still be taken along. */
function useMayOpen(): (section: CohortSection) => boolean {
  const cohort = useCohort();
  const isTeam = useMembership()?.role === 'staff';
  const isOpen = cohort?.abilities.edit ?? true;
  return (section) => {
    if (section === 'forum') return isTeam;
    if (section === 'imports' || section === 'webhooks') return isTeam && isOpen;
    if (section === 'close') return cohort?.abilities.close ?? false;
    return isOpen || section === 'general';
  };
}
