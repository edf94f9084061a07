import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keepAnswer } from '../../api/answers';
import { keys } from '../../api/keys';
import type { Cohort } from '../../api/types';
import { ImageChoice } from '../../ui/forms/ImageChoice';
import classes from './cohort.module.css';

/** The logo that certificates of attendance carry; saved at once. */
export function Logo({ cohort: { id, name, logoUrl } }: { cohort: Cohort }) {
  const { t } = useTranslation('cohort');
  const client = useQueryClient();
  return (
    <div className="stackv g16 mt12">
      <p className="t2 measure">{t('logo.help')}</p>
      <ImageChoice
        path={`/cohorts/${id}/logo`}
        keep={(saved: Cohort) => keepAnswer(client, keys.in(id, 'self'), saved)}
        ns="cohort"
        choose={t(logoUrl ? 'logo.change' : 'logo.choose')}
        remove={t('logo.remove')}
        isSet={logoUrl !== null}
      >
        {logoUrl && <img className={classes.logo} src={logoUrl} alt={t('logo.alt', { name })} />}
      </ImageChoice>
    </div>
  );
}
