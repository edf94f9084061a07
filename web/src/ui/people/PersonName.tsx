import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMaybeMe } from '../../api/session';

interface PersonNameProps {
  /** Absent for somebody who was erased. */
  person?: { id: string; name?: string | null } | null;
  /** Makes the name a link to the person's page. */
  cohortId?: string;
  /** Says "You" for oneself. */
  you?: boolean;
  className?: string;
}

/** A person's name: "You" where asked, a link where a cohort is given, "Former member" where nobody is left. */
export function PersonName({ person, cohortId, you, className }: PersonNameProps) {
  const { t } = useTranslation();
  const me = useMaybeMe();
  if (!person?.name) return <span className={className}>{t('formerMember')}</span>;
  const words = you && person.id === me?.id ? t('you') : person.name;
  if (!cohortId) return <span className={className}>{words}</span>;
  return (
    <Link className={className} to="/c/$cohortId/people/$userId" params={{ cohortId, userId: person.id }}>
      {words}
    </Link>
  );
}
