import { useTranslation } from 'react-i18next';
import type { CommonsStanding } from '../../../../../src/contracts/commons/commons';
import { Group } from '../../../ui/page/Group';
import { State } from '../../../ui/page/State';
import { PersonName } from '../../../ui/people/PersonName';

/** Words of others stay where they are until each agrees. */
export function Others({ standing: { others, commonsTopicId, part } }: { standing: CommonsStanding }) {
  const { t } = useTranslation('commons');
  const own = part === 'author' ? 'others.body' : 'others.bodyStaff';
  const said = commonsTopicId === null ? own : 'others.bodyOpen';
  return (
    <Group title={t('others.title')} count={others.length}>
      <p className="t2 mt8">{t(said)}</p>
      <ul className="list tight mt8">
        {others.map(({ person, posts, isThere }) => (
          <li key={person.id}>
            <span className="grow">
              <PersonName person={person} className="med" /> <span className="t2">{t('posts', { count: posts })}</span>
            </span>
            {isThere ? <State tone="ok">{t('others.there')}</State> : <State>{t('others.here')}</State>}
          </li>
        ))}
      </ul>
    </Group>
  );
}
