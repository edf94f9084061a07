import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Helper, HelpRequest } from '../../../../src/contracts/mentoring/requests';
import { api } from '../../api/http';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatRelative } from '../../time/format';
import { Avatar } from '../../ui/people/Avatar';
import { keepFocus } from '../../ui/page/focus';
import { Group } from '../../ui/page/Group';
import { PersonName } from '../../ui/people/PersonName';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { toast, toastProblem } from '../../ui/toast';
import { keepRequest, requestPath, useOthers } from './queries';
import { useTooLate } from './useTooLate';

/** Three others at most who could help, the best first; one click takes the request to them. */
export function Others({ request }: { request: HelpRequest }) {
  const { t } = useTranslation('requests');
  return (
    <Group title={t('others.title')}>
      <QueryBoundary query={useOthers(request)}>
        {(others) =>
          others.length === 0 ? (
            <p className="t2 mt12">{t('others.none')}</p>
          ) : (
            <ul className="list">
              {others.map((helper) => (
                <Other key={helper.person.id} request={request} helper={helper} />
              ))}
            </ul>
          )
        }
      </QueryBoundary>
    </Group>
  );
}

function Other({ request, helper }: { request: HelpRequest; helper: Helper }) {
  const { t } = useTranslation('requests');
  const client = useQueryClient();
  const text = useProblemText('requests');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const { person, craft, gives, freeAt, load } = helper;
  const tooLate = useTooLate(request);
  const { cohortId, id, revision } = request;
  const ask = useMutation({
    mutationFn: () => api.post<HelpRequest>(`${requestPath(cohortId, id)}/pass-on`, { toId: person.id, revision }),
    onSuccess: (fresh) => {
      keepRequest(client, fresh);
      toast(t('others.done', { name: person.name }));
      keepFocus();
    },
    onError: async (error) => {
      if (!(await tooLate(error))) toastProblem(text(error));
    },
  });
  return (
    <li>
      <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={32} withPresence />
      <div className="grow">
        <PersonName person={person} cohortId={cohortId} className="bold" />
        <div className="t2">
          {[craft && t(`common:crafts.${craft}`), ...gives.slice(0, 2)].filter(Boolean).join(', ')}
        </div>
        <div className="t3 xs">
          {freeAt ? t('others.free', { when: formatRelative(freeAt, zone, locale, now) }) : t('others.noSlots')}
          {' · '}
          {t('others.load', { count: load })}
        </div>
      </div>
      <Button
        size="sm"
        loading={ask.isPending}
        onClick={() => ask.mutate()}
        aria-label={t('others.askNamed', { name: person.name })}
      >
        {t('others.ask')}
      </Button>
    </li>
  );
}
