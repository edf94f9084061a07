import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../../src/contracts/calls/applications';
import { useLocale, useZone } from '../../../time/clock';
import { capital } from '../../../time/format';
import { momentIn } from '../call/timing';
import { FileFrame } from './FileFrame';
import { eraseWords } from './Submitted';

/** A file that was taken back by who handed it in. */
export function Withdrawn({ application, onChange }: { application: Application; onChange: () => void }) {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  const { withdrawnAt, call, abilities } = application;
  const at = withdrawnAt ? momentIn(withdrawnAt, zone, locale) : '';
  return (
    <FileFrame application={application} stamp="withdrawn" beside={capital(at)}>
      <div className="measure md mt24">
        <p>{t('withdrawn.what')}</p>
        <p className="mt8">{t('withdrawn.until', { day: eraseWords(application, zone, locale) })}</p>
        {abilities.edit && (
          <>
            <p className="mt8">{t('withdrawn.again')}</p>
            <Button className="mt16" size="lg" onClick={onChange}>
              {t('withdrawn.act')}
            </Button>
          </>
        )}
        <p className="mt16">
          <Link className="link" to="/calls/$slug" params={{ slug: call.slug }}>
            {t('withdrawn.call')}
          </Link>
        </p>
      </div>
    </FileFrame>
  );
}
