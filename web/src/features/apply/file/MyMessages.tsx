import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useStore } from '../../../api/store';
import { Messages } from '../../call-forms/Messages';
import type { Saver } from './saver';

/** Looked at again so often while the page is open: an answer comes by mail, too. */
const EVERY_MS = 60_000;

/** What who applies and the programme team wrote to one another. */
export function MyMessages({ saver }: { saver: Saver }) {
  const client = useQueryClient();
  const { id } = useStore(saver.shown).draft.server;
  const queryKey = ['application-messages', id];
  const query = useQuery({ queryKey, queryFn: () => saver.ports.messages(), refetchInterval: EVERY_MS });
  const send = async (text: string, clientId: string) => {
    client.setQueryData(queryKey, await saver.ports.write({ text, clientId }));
  };
  return <Messages query={query} mine="applicant" send={send} />;
}
