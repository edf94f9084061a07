import { useTranslation } from 'react-i18next';
import { blocked } from '../../api/blocked';
import { useStore } from '../../api/store';
import { Avatar } from '../../ui/people/Avatar';
import { UnblockButton } from '../../ui/people/BlockButton';
import { Group } from '../../ui/page/Group';

/** From whom I take no direct messages; each can be let in again from here. */
export function Blocked() {
  const { t } = useTranslation('settings');
  const people = [...useStore(blocked).values()];
  return (
    <Group title={t('blocked.title')} count={people.length} className="mt40">
      {people.length === 0 && <p className="t2 mt8">{t('blocked.none')}</p>}
      <ul className="list">
        {people.map(({ id, name, avatarUrl }) => (
          <li key={id}>
            <Avatar id={id} name={name} url={avatarUrl} size={32} />
            <b className="grow cut">{name}</b>
            <UnblockButton id={id} name={name} />
          </li>
        ))}
      </ul>
    </Group>
  );
}
