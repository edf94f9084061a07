import { useTranslation } from 'react-i18next';
import classes from './auth.module.css';

const PHASES = ['discover', 'build', 'deploy', 'handover'] as const;

/** What a residency is, for who stands at the door: four phases on one rope. */
export function Road() {
  const { t } = useTranslation('auth');
  return (
    <>
      <h2>{t('road.title')}</h2>
      <p className="t2 md mt8">{t('road.lead')}</p>
      <ol className={classes.road}>
        {PHASES.map((phase) => (
          <li key={phase}>
            <span className={classes.knot} />
            <span className="t3">{t(`road.${phase}.months`)}</span>
            <div>
              <b>{t(`common:phases.${phase}`)}</b>
              <p className="t2">{t(`road.${phase}.what`)}</p>
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
