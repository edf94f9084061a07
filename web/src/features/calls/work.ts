import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApplicationFile } from '../../../../src/contracts/calls/applications';
import type { ApplicationNotes, TagFile, WriteApplicationNote } from '../../../../src/contracts/calls/desk';
import type { AskPiece } from '../../../../src/contracts/calls/asking';
import { api } from '../../api/http';
import { filesKey, pathOf } from './queries';

/** The address of what staff do with a file. */
export const filePath = (cohortId: string, callId: string, fileId: string) =>
  `${pathOf(cohortId, callId)}/applications/${encodeURIComponent(fileId)}`;

/** A file as an act left it; the table says some of it, too. */
export function useKeepFile(cohortId: string, callId: string) {
  const client = useQueryClient();
  return (file: ApplicationFile) => {
    client.setQueryData(filesKey(cohortId, callId, 'one', file.id), file);
    void client.invalidateQueries({
      queryKey: filesKey(cohortId, callId),
      predicate: ({ queryKey }) => !queryKey.includes('one') && !queryKey.includes('messages'),
    });
  };
}

/** Asks who applies for what is missing, and asks no more. */
export function useAsking(cohortId: string, callId: string, fileId: string) {
  const keep = useKeepFile(cohortId, callId);
  const path = `${filePath(cohortId, callId, fileId)}/asking`;
  return {
    ask: async (body: AskPiece) => keep(await api.post<ApplicationFile>(path, body)),
    end: async () => keep(await api.delete<ApplicationFile>(path)),
  };
}

/** Puts tags on a file, and takes them off. */
export function useTags(cohortId: string, callId: string, fileId: string) {
  const keep = useKeepFile(cohortId, callId);
  const path = `${filePath(cohortId, callId, fileId)}/tags`;
  return {
    tag: async (tag: string) => {
      const body: TagFile = { tag };
      keep(await api.post<ApplicationFile>(path, body));
    },
    untag: async (tag: string) => keep(await api.delete<ApplicationFile>(path, { tag })),
  };
}

/** The notes of staff about a file. */
export function useNotes(cohortId: string, callId: string, fileId: string) {
  const client = useQueryClient();
  const queryKey = filesKey(cohortId, callId, 'one', fileId, 'notes');
  const path = `${filePath(cohortId, callId, fileId)}/notes`;
  const query = useQuery({ queryKey, queryFn: ({ signal }) => api.get<ApplicationNotes>(path, { signal }) });
  const keep = (notes: ApplicationNotes) => void client.setQueryData(queryKey, notes);
  return {
    query,
    write: async (text: string) => {
      const body: WriteApplicationNote = { text };
      keep(await api.post<ApplicationNotes>(path, body));
    },
    forget: async (id: string) => keep(await api.delete<ApplicationNotes>(`${path}/${encodeURIComponent(id)}`)),
  };
}
