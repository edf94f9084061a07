import { useParams } from '@tanstack/react-router';
import { Part } from '../../ui/forms/Part';
import { lazyPart } from '../../ui/page/lazy-part';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { useCall } from './queries';

// With the call, not after it.
const script = () => import('./CallEditor');
const CallEditor = lazyPart(script);
script().catch(() => undefined);

/** One call: its text, its form, what files are read for, and what was handed in. */
export default function CallPage() {
  const { cohortId, callId } = useParams({ from: '/shell/c/$cohortId/calls/$callId' });
  return (
    <div className="page">
      <QueryBoundary query={useCall(cohortId, callId)} loading={<RowSkeleton rows={8} />}>
        {(call) => (
          <Part fallback={<RowSkeleton rows={8} />}>
            <CallEditor key={call.id} cohortId={cohortId} call={call} />
          </Part>
        )}
      </QueryBoundary>
    </div>
  );
}
