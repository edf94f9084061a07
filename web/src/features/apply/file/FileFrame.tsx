import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../../src/contracts/calls/applications';
import { useLocale } from '../../../time/clock';
import { PageHeader } from '../../../ui/page/PageHeader';
import { CallFrame } from '../CallFrame';
import classes from '../apply.module.css';
import { said } from '../call/timing';
import { Stamp } from './Stamp';
import { STANDING } from './standing';

interface FileFrameProps {
  application: Application;
  stamp: Parameters<typeof Stamp>[0]['state'];
  /** What is said beside the stamp. */
  beside: ReactNode;
  /** What stays at the bottom of a phone. */
  bar?: ReactNode;
  children: ReactNode;
}

/** The page of a file that is read: which call, how it stands, and the rest. */
export function FileFrame({ application: { call }, stamp, beside, bar, children }: FileFrameProps) {
  const { t } = useTranslation('apply');
  const title = said(call.title, useLocale());
  return (
    <CallFrame colour={call.cohort.color} bar={bar}>
      <div className="page">
        <PageHeader
          title={t('file.title')}
          tab={t('file.tab', { call: title })}
          crumbs={[
            { label: t('crumb'), link: { to: '/calls' } },
            {
              label: t(`kind.${call.kind}`, { cohort: call.cohort.name }),
              link: { to: '/calls/$slug', params: { slug: call.slug } },
            },
          ]}
          lead={
            <div id={STANDING} tabIndex={-1} className={`${classes.standing} mt8`}>
              <Stamp state={stamp} />
              <span>{beside}</span>
            </div>
          }
        />
        {children}
      </div>
    </CallFrame>
  );
}
