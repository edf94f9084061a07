import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconBuildingCommunity } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCohortId, useMe } from '../../api/session';
import type { Membership } from '../../api/types';
import { Icon } from '../../ui/Icon';
import { CohortButton } from './CohortButton';
import { markOf } from '../mark';
import classes from './Rail.module.css';

/** The cohort on screen and, behind it, my other ones. */
export default function CohortSwitcher() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const cohortId = useCohortId();
  return (
    <Menu position="bottom-start" width={232} offset={4} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <CohortButton />
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
