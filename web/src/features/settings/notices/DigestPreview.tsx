import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DigestPreview as Preview } from '../../../../../src/contracts/notifications/notifications';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useLocale, useZone } from '../../../time/clock';
import { formatAbsolute } from '../../../time/format';
import { takeFocus } from '../../../ui/page/focus';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';

/** My digest as it would be now: what it says is asked for when I want to see it. */
export function DigestPreview() {
  const { t } = useTranslation('settings');
  const [isOpen, setOpen] = useState(false);
  const query = useQuery({
    queryKey: keys.digestPreview,
    queryFn: () => api.get<Preview>('/me/digest'),
    enabled: isOpen,
    staleTime: 0,
  });
  if (!isOpen)
    return (
      <Button mt="sm" size="sm" onClick={() => setOpen(true)}>
        {t('digest.preview')}
      </Button>
    );
  return (
    <section className="mt12" aria-label={t('digest.preview')} tabIndex={-1} ref={takeFocus}>
      {query.isPending && <RowSkeleton />}
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && <Contents preview={query.data} />}
    </section>
  );
}

function Contents({ preview: { dueAt, lists } }: { preview: Preview }) {
  const { t } = useTranslation('settings');
  const zone = useZone();
  const locale = useLocale();
  return (
    <>
      {dueAt && <p className="t2">{t('digest.next', { when: formatAbsolute(dueAt, zone, locale) })}</p>}
      {lists.length === 0 && <p className="mt8">{t('digest.empty')}</p>}
      {lists.map(({ key, items, more }) => (
        <div key={key} className="mt12">
          <h3>{t(`digest.lists.${key}`)}</h3>
          <ul className="plain">
            {items.map((item) => {
              const { pathname, searchParams, hash } = new URL(item.link, window.location.origin);
              return (
                <li key={item.link + item.title} className="mt8">
                  <Link
                    className="link"
                    to={pathname}
                    search={Object.fromEntries(searchParams) as never}
                    hash={hash.slice(1)}
                  >
                    {item.title}
                  </Link>
                  {item.body && <div className="t3">{item.body}</div>}
                </li>
              );
            })}
          </ul>
          {more > 0 && <p className="t3 xs">{t('digest.more', { count: more })}</p>}
        </div>
      ))}
    </>
  );
}
