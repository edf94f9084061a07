import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { WishList } from '../../../../../src/contracts/workshops/wishes';
import type { Workshop } from '../../../../../src/contracts/workshops/workshops';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';

/** The wish of which this workshop came, if it did: back to the board. */
export default function CameOfWish({ workshop: { cohortId, id } }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const wish = useQuery({
    queryKey: keys.in(cohortId, 'wishes', 'of', id),
    queryFn: ({ signal }) => api.get<WishList>(`/cohorts/${cohortId}/wishes`, { query: { workshop: id }, signal }),
    select: ({ items }) => items[0],
  }).data;
  if (!wish) return null;
  return (
    <p className="t2 mt16">
      {t('wish.came', { wants: wish.wants })}{' '}
      <Link
        to="/c/$cohortId/workshops/wishes"
        params={{ cohortId }}
        search={{ state: wish.state === 'planned' ? 'planned' : 'open' } as never}
      >
        {wish.subject}
      </Link>
    </p>
  );
}
