import { useQuery } from '@tanstack/react-query';
import type { ForumRules } from '../../../../src/contracts/forum/rules';
import type { TopicTemplates } from '../../../../src/contracts/forum/templates';
import { api } from '../../api/http';
import { keys } from '../../api/keys';

export const settingKey = (cohortId: string, part: 'rules' | 'templates') => keys.in(cohortId, 'forum-settings', part);

export function useRules(cohortId: string) {
  return useQuery({
    queryKey: settingKey(cohortId, 'rules'),
    queryFn: ({ signal }) => api.get<ForumRules>(`/cohorts/${cohortId}/forum/rules`, { signal }),
  });
}

export function useTemplates(cohortId: string) {
  return useQuery({
    queryKey: settingKey(cohortId, 'templates'),
    queryFn: ({ signal }) => api.get<TopicTemplates>(`/cohorts/${cohortId}/forum/templates`, { signal }),
  });
}
