import { useQuery } from '@tanstack/react-query';
import type {
  Scheduled,
  ScheduleMessage,
  ScheduleNote,
  UpdateScheduled,
} from '../../../../../src/contracts/chat/scheduled';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { queryClient } from '../../../api/query';
import type { Page } from '../../../api/types';

/** What I planned for later, the earliest first. */
export function useScheduled() {
  return useQuery({
    queryKey: keys.scheduled,
    queryFn: async () => (await api.get<Page<Scheduled>>('/scheduled')).items,
    staleTime: 60_000,
  });
}

const changed = () => void queryClient.invalidateQueries({ queryKey: keys.scheduled });

/** A new id for each thing that is planned, so that a second try of the same plans it once. */
export const planId = () => crypto.randomUUID();

export async function scheduleMessage(channelId: string, message: ScheduleMessage): Promise<Scheduled> {
  return await api.post<Scheduled>(`/channels/${channelId}/scheduled`, message).finally(changed);
}

export async function scheduleNote(note: ScheduleNote): Promise<Scheduled> {
  return await api.post<Scheduled>('/scheduled/notes', note).finally(changed);
}

export async function changeScheduled(id: string, change: UpdateScheduled): Promise<void> {
  await api.patch(`/scheduled/${id}`, change).finally(changed);
}

export async function cancelScheduled(id: string): Promise<void> {
  await api.delete(`/scheduled/${id}`).finally(changed);
}

export async function sendScheduled(id: string): Promise<void> {
  await api.post(`/scheduled/${id}/send`).finally(changed);
}
