import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useMe } from '../../../api/session';
import type { Member, Page } from '../../../api/types';
import { Avatar } from '../../../ui/people/Avatar';
import { Group } from '../../../ui/page/Group';
import { PersonName } from '../../../ui/people/PersonName';

/** Members who give what the first tag names. */
export function WhoCanHelp({ cohortId, words }: { cohortId: string; words: readonly string[] }) {
  const { t } = useTranslation('forum');
  const me = useMe();
  const q = (words[0] ?? '').replaceAll('-', ' ');
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'members', 'gives', q),
    queryFn: ({ signal }) => api.get<Page<Member>>(`/cohorts/${cohortId}/members`, { query: { q, limit: 5 }, signal }),
    enabled: q !== '',
  });
  const people = (q === '' ? [] : (data?.items ?? [])).filter((one) => one.userId !== me.id && one.gives.length > 0);
  if (people.length === 0) return null;
  return (
    <Group title={t('whoCanHelp')} className="">
      <ul className="list tight">
        {people.slice(0, 3).map((person) => (
          <li key={person.userId}>
            <Avatar id={person.userId} name={person.name} url={person.avatarUrl} size={32} withPresence />
            <div className="grow">
              <PersonName person={{ id: person.userId, name: person.name }} cohortId={cohortId} className="bold" />
              <div className="t2">{person.gives.slice(0, 3).join(', ')}</div>
            </div>
          </li>
        ))}
      </ul>
    </Group>
  );
}
