import { useTranslation } from 'react-i18next';
import type { ApplicationAct } from '../../../../../src/contracts/calls/acts';
import { Group } from '../../../ui/page/Group';
import { When } from '../../../ui/times/When';
import classes from '../calls.module.css';

/** Who decided what, and when. */
export function Acts({ acts }: { acts: readonly ApplicationAct[] }) {
  const { t } = useTranslation('calls');
  if (acts.length === 0) return null;
  return (
    <Group title={t('history.title')} count={acts.length} className="mt32">
      <ol className={classes.notes}>
        {acts.map(({ act, at, by, kind }) => (
          <li key={`${at} ${act}`}>
            {t(`history.${act}`, { kind: kind ? t(`decide.states.${kind}`) : '' })}{' '}
            <span className="t2 xs">
              {by && `${by.name}, `}
              <When at={at} />
            </span>
          </li>
        ))}
      </ol>
    </Group>
  );
}
