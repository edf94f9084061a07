import { useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  Attendance,
  AttendanceCode,
  AttendanceMark,
  Registration,
  Workshop,
} from '../../../../src/contracts/workshops';
import { api } from '../../api/http';
import type { Page } from '../../api/types';
import { useProblemText } from '../../ui/ProblemAlert';
import { toastProblem } from '../../ui/toast';
import { workshopKeys } from './cache';

const pathOf = ({ cohortId, id }: Workshop) => `/cohorts/${cohortId}/workshops/${id}/attendance`;

/** The code that participants give, for those who look after the workshop. Another start is another time for it. */
export function useAttendanceCode(workshop: Workshop) {
  return useQuery({
    queryKey: [...workshopKeys.code(workshop.cohortId, workshop.id), workshop.revision],
    queryFn: ({ signal }) => api.get<AttendanceCode>(pathOf(workshop), { signal }),
  });
}

/** Says of others how it was: at once on the screen, and back with a reason if the server refuses. */
export function useMark(workshop: Workshop): (userId: string, status: AttendanceMark) => Promise<void> {
  const client = useQueryClient();
  const text = useProblemText('workshops');
  const key = workshopKeys.people(workshop.cohortId, workshop.id);
  const show = (userId: string, status: Registration['status']) =>
    client.setQueryData<Page<Registration>>(
      key,
      (page) => page && { ...page, items: page.items.map((one) => (one.userId === userId ? { ...one, status } : one)) },
    );
  return async (userId, status) => {
    await client.cancelQueries({ queryKey: key });
    const before = client.getQueryData<Page<Registration>>(key)?.items.find((one) => one.userId === userId)?.status;
    show(userId, status);
    try {
      await api.post<Attendance>(pathOf(workshop), { userId, status });
      if (before !== 'going') void client.invalidateQueries({ queryKey: key });
    } catch (error) {
      if (before) show(userId, before);
      toastProblem(text(error));
      void client.invalidateQueries({ queryKey: key });
    }
  };
}

/** Says of myself that I am here, by the code, or that I cannot come, or can after all. */
export function useMyAttendance(workshop: Workshop) {
  const client = useQueryClient();
  return async (said: { code: string } | { status: 'excused' | 'going' }) => {
    await api.post<Attendance>(pathOf(workshop), said);
    await client.invalidateQueries({ queryKey: workshopKeys.all(workshop.cohortId) });
  };
}
