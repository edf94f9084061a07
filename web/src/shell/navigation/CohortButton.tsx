import { IconSelector } from '@tabler/icons-react';
import type { ComponentPropsWithRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCohort, useMe, useMembership } from '../../api/session';
import { useLocale } from '../../time/clock';
import { formatMonths } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { markOf } from '../mark';
import classes from './Rail.module.css';

/** The cohort on screen: its sign, name and months. The menu behind it comes later (CohortSwitcher). */
export function CohortButton(props: ComponentPropsWithRef<'button'>) {
  const { t } = useTranslation();
  const membership = useMembership();
  const cohort = useCohort();
  const locale = useLocale();
  const me = useMe();
  // Outside of every cohort an admin stands in the installation; whoever followed a link to nowhere may choose their own.
  const name = membership?.cohortName ?? cohort?.name ?? t(me.isAdmin ? 'nav.admin' : 'nav.switch');
  const months = cohort && formatMonths(cohort.startsOn, cohort.endsOn, locale);
  return (
    <button
      type="button"
      {...props}
      className={classes.switch}
      aria-label={name === t('nav.switch') ? name : `${name}, ${t('nav.switch')}`}
    >
      <span className={classes.mark} aria-hidden="true">
        {markOf(name)}
      </span>
      <span className="grow">
        <b className="cut">{name}</b>
        {(months ?? membership) && <small className="cut">{months ?? '\u00a0'}</small>}
      </span>
      <Icon of={IconSelector} size={16} />
    </button>
  );
}
