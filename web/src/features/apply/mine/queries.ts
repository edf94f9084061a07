import { useQuery } from '@tanstack/react-query';
import type { MyApplications } from '../../../../../src/contracts/calls/my-applications';
import { api } from '../../../api/http';

/** What I applied to, by the address of my account. */
export function useMyApplications() {
  return useQuery({
    queryKey: ['applications', 'mine'],
    queryFn: ({ signal }) => api.get<MyApplications>('/me/applications', { signal }),
  });
}
