import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_LEVELLING, type Strictness } from '../../../../../src/contracts/selection/results';
import { useLocale } from '../../../time/clock';
import { Group } from '../../../ui/page/Group';
import { Avatar } from '../../../ui/people/Avatar';
import { formatScore } from '../../../ui/scores';
import { barOf } from './plot';
import classes from './results.module.css';

const FIRST = 6;

/** How far each juror lies from the others on the files that they share, the strictest first; and what is made of it, in words. */
export function StrictList({ jurors }: { jurors: readonly Strictness[] }) {
  const { t } = useTranslation('selection');
  const locale = useLocale();
  const [all, setAll] = useState(false);
  const sorted = jurors.toSorted(
    (a, b) => (a.distance ?? Infinity) - (b.distance ?? Infinity) || a.name.localeCompare(b.name),
  );
  const furthest = Math.max(...jurors.map(({ distance }) => Math.abs(distance ?? 0)), 0);
  return (
    <Group title={t('strict.title')} count={jurors.length} className="">
      {jurors.length > 0 && (
        <table className={classes.strict}>
          <thead>
            <tr>
              <th scope="col">{t('strict.juror')}</th>
              <th scope="col">{t('strict.files')}</th>
              <th scope="col" colSpan={2}>
                {t('strict.ends')}
              </th>
            </tr>
          </thead>
          <tbody>
            {(all ? sorted : sorted.slice(0, FIRST)).map(({ jurorId, name, files, distance }) => (
              <tr key={jurorId}>
                <th scope="row">
                  <span className="row">
                    <Avatar id={jurorId} name={name} size={24} />
                    {name}
                  </span>
                </th>
                <td className="t2">{files}</td>
                <td>{distance !== null && <Bar distance={distance} furthest={furthest} />}</td>
                <td>
                  {distance === null ? (
                    <span className="t3">{t('strict.few')}</span>
                  ) : (
                    formatScore(distance, locale, { isSigned: true })
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {jurors.length > FIRST && (
        <p className="mt8">
          <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? 'strict.fewer' : 'strict.all', { count: jurors.length })}
          </button>
        </p>
      )}
      <p className="t2 mt8">{t('strict.method', { most: MAX_LEVELLING })}</p>
    </Group>
  );
}

function Bar({ distance, furthest }: { distance: number; furthest: number }) {
  const { left, width } = barOf(distance, furthest);
  return (
    <span className={classes.bar} aria-hidden="true">
      <i style={{ left: `${left}%`, width: `${width}%` }} />
    </span>
  );
}
