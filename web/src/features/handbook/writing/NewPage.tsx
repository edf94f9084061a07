import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { Handbook, PageBeginning } from '../../../../../src/contracts/handbook/handbook';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { pathOf, useHandbook } from '../handbook';
import { type Origin, originIn, pathOfOrigin } from '../made/origin';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { useWhere } from '../where';

const NewPageForm = lazyPart(() => import('./NewPageForm'));

/** Writes a page. `?under=<id>` stands it below another one, `?topic=<id>`, `?thread=<channel>.<message>` or `?workshop=<id>` begins it with what is said there. */
export default function NewPage() {
  const { cohortId } = useWhere();
  const origin = originIn(useSearch({ strict: false }));
  const handbook = useHandbook(cohortId);
  return (
    <div className="page">
      <QueryBoundary query={handbook}>
        {(data) =>
          origin === null ? (
            <Part fallback={<RowSkeleton />}>
              <NewPageForm cohortId={cohortId} handbook={data} />
            </Part>
          ) : (
            <FromOrigin cohortId={cohortId} origin={origin} handbook={data} />
          )
        }
      </QueryBoundary>
    </div>
  );
}

function FromOrigin({ cohortId, origin, handbook }: { cohortId: string; origin: Origin; handbook: Handbook }) {
  const path = pathOfOrigin(origin);
  const query = useQuery({
    queryKey: keys.in(cohortId, 'handbook', 'beginning', path),
    queryFn: ({ signal }) => api.get<PageBeginning>(`${pathOf(cohortId)}/beginnings/${path}`, { signal }),
    // What one has begun is not taken away by what is said there meanwhile.
    staleTime: Infinity,
  });
  return (
    <QueryBoundary query={query}>
      {(begun) => (
        <Part fallback={<RowSkeleton />}>
          <NewPageForm cohortId={cohortId} handbook={handbook} from={{ ...begun, origin }} />
        </Part>
      )}
    </QueryBoundary>
  );
}
