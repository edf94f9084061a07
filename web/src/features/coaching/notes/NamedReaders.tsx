import { useTranslation } from 'react-i18next';
import type { Person } from '../../../../../src/contracts/primitives';
import { useMe } from '../../../api/session';
import { Avatar } from '../../../ui/people/Avatar';
import classes from '../coaching.module.css';

/** Who will read something, by face and name, and in words who will not. */
export function NamedReaders({ readers, not }: { readers: readonly Person[]; not: string }) {
  const { t } = useTranslation('coaching');
  const me = useMe();
  return (
    <p className={`${classes.readers} mt8`} role="status">
      <span className="t2">{t('notes.readers', { count: readers.length })}</span>
      {readers.map((reader) => (
        <span key={reader.id}>
          <Avatar id={reader.id} name={reader.name} url={reader.avatarUrl} size={20} />
          {reader.id === me.id ? t('notes.you') : reader.name}
        </span>
      ))}
      <span className="t3">{not}</span>
    </p>
  );
}
