import { useTranslation } from 'react-i18next';
import type { Person } from '../../../../../src/contracts/primitives';
import { UnblockButton } from '../../../ui/people/BlockButton';
import classes from '../Chat.module.css';

/** In the place of the composer: nobody writes here until I let them in again. */
export default function BlockedOther({ person }: { person: Person }) {
  const { t } = useTranslation('chat');
  return (
    <div className={`${classes.closed} row wrap between g12`}>
      <span>{t('blockedOther', { name: person.name })}</span>
      <UnblockButton id={person.id} name={person.name} />
    </div>
  );
}
