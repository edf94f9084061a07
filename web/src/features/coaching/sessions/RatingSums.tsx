import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  CoachRatings,
  FellowRatings,
  SessionRatings,
} from '../../../../../src/contracts/mentoring/session-ratings';
import { Group } from '../../../ui/page/Group';
import classes from '../load/load.module.css';

/** How sessions were, in sums: of coaches without the names of fellows, of fellows with those of the coaches. */
export function RatingSums({ ratings: { coaches, fellows } }: { ratings: SessionRatings }) {
  const { t } = useTranslation('coaching');
  const none = coaches.length === 0 && fellows.length === 0;
  return (
    <Group title={t('loads.ratings')}>
      <p className="t2 mt12">{t('loads.ratingsWhat')}</p>
      {none && <p className="t2 mt12">{t('loads.noRatings')}</p>}
      {coaches.length > 0 && (
        <Sums caption={t('loads.useful')} who={t('loads.coach')} times={t('loads.ratedBy')}>
          {coaches.map((coach) => (
            <CoachRow key={coach.person.id} {...coach} />
          ))}
        </Sums>
      )}
      {fellows.length > 0 && (
        <Sums caption={t('loads.prepared')} who={t('loads.fellow')} times={t('loads.times')}>
          {fellows.map((fellow) => (
            <FellowRow key={fellow.person.id} {...fellow} />
          ))}
        </Sums>
      )}
    </Group>
  );
}

interface SumsProps {
  caption: string;
  who: string;
  times: string;
  children: ReactNode;
}

function Sums({ caption, who, times, children }: SumsProps) {
  const { t } = useTranslation('coaching');
  return (
    <div className={classes.scroll} role="group" aria-label={caption} tabIndex={0}>
      <table className={classes.table}>
        <caption className="t2" style={{ textAlign: 'left' }}>
          {caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">{who}</th>
            <th scope="col">{t('loads.average')}</th>
            <th scope="col">{times}</th>
            <th scope="col">{t('loads.comments')}</th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function CoachRow({ person, fellows, waiting, average, comments }: CoachRatings) {
  const { t, i18n } = useTranslation('coaching');
  return (
    <tr>
      <th scope="row">{person.name}</th>
      <td>{average?.toLocaleString(i18n.language) ?? <span className="t3">{t('loads.tooFew')}</span>}</td>
      <td>
        {t('loads.raters', { count: fellows })}
        {average !== null && waiting > 0 && <p className="t2">{t('loads.waiting', { count: waiting })}</p>}
      </td>
      <td className={classes.words}>
        {comments.map((comment, index) => (
          <p key={index}>{comment}</p>
        ))}
      </td>
    </tr>
  );
}

function FellowRow({ person, count, average, comments }: FellowRatings) {
  const { t, i18n } = useTranslation('coaching');
  return (
    <tr>
      <th scope="row">{person.name}</th>
      <td>{average.toLocaleString(i18n.language)}</td>
      <td>{count}</td>
      <td className={classes.words}>
        {comments.map(({ comment, by }, index) => (
          <p key={index}>{t('loads.said', { name: by, comment })}</p>
        ))}
      </td>
    </tr>
  );
}
