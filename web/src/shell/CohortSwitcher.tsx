import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconBuildingCommunity, IconSelector } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCohort, useCohortId, useMe } from '../api/session';
import type { Membership } from '../api/types';
import { useLocale } from '../time/clock';
import { formatMonths } from '../time/format';
import { Icon } from '../ui/Icon';
import classes from './Rail.module.css';

/** The sign of a cohort: its number where its name has one, else its first letter. */
export function markOf(name: string): string {
  return /\d+/.exec(name)?.[0].slice(-2) ?? name.charAt(0).toLocaleUpperCase();
}

/** The cohort on screen and, behind it, my other ones. */
export function CohortSwitcher() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const cohortId = useCohortId();
  const cohort = useCohort();
  const locale = useLocale();
  const name = me.memberships.find((m) => m.cohortId === cohortId)?.cohortName ?? cohort?.name ?? t('nav.admin');
  const months = cohort && formatMonths(cohort.startsOn, cohort.endsOn, locale);

  return (
    <Menu position="bottom-start" width={232} offset={4}>
      <Menu.Target>
        <button type="button" className={classes.switch} aria-label={`${name}, ${t('nav.switch')}`}>
          <span className={classes.mark} aria-hidden="true">
            {markOf(name)}
          </span>
          <span className="grow">
            <b className="cut">{name}</b>
            {months && <small className="cut">{months}</small>}
          </span>
          <Icon of={IconSelector} size={16} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {me.memberships.map((membership) => (
          <Menu.Item
            key={membership.cohortId}
            aria-current={membership.cohortId === cohortId}
            leftSection={<CohortMark membership={membership} />}
            onClick={() => void navigate({ to: '/c/$cohortId/week', params: { cohortId: membership.cohortId } })}
          >
            {membership.cohortName}
            <span className="t3 xs">
              {' '}
              {membership.cohortState === 'closed' ? t('nav.closedCohort') : t(`roles.${membership.role}`)}
            </span>
          </Menu.Item>
        ))}
        {me.isAdmin && (
          <Menu.Item leftSection={<Icon of={IconBuildingCommunity} />} onClick={() => void navigate({ to: '/admin' })}>
            {t('nav.admin')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function CohortMark({ membership }: { membership: Membership }) {
  return (
    <span className={classes.mark} data-cohort={membership.cohortColor} aria-hidden="true">
      {markOf(membership.cohortName)}
    </span>
  );
}
