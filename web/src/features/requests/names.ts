import { useTranslation } from 'react-i18next';
import type { Person } from '../../../../src/contracts/primitives';
import { useMe } from '../../api/session';

/** A person's name within a sentence: "you" for oneself, "a former member" where nobody is left. */
export function useNameOf(): (person: Person) => string {
  const { t } = useTranslation('requests');
  const me = useMe();
  return (person) => (person.id === me.id ? t('you') : person.name || t('common:formerMember'));
}
