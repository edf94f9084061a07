import { IconBook2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MadePage } from '../../../../../src/contracts/handbook/handbook';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useLocale } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { pathOf } from '../handbook';
import { titleIn } from '../shown';
import { type Origin, pathOfOrigin, searchOf } from './origin';

interface MadeFromProps {
  cohortId: string;
  origin: Origin;
  className?: string | undefined;
}

/** Leads from a thread or a workshop to the page of the handbook that was made from it, or to making one. */
export default function MadeFrom({ cohortId, origin, className }: MadeFromProps) {
  const { t } = useTranslation('handbook');
  const locale = useLocale();
  const path = pathOfOrigin(origin);
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'handbook', 'made-from', path),
    queryFn: ({ signal }) => api.get<MadePage>(`${pathOf(cohortId)}/made-from/${path}`, { signal }),
  });
  if (!data || (!data.page && !data.make)) return null;
  const title = data.page && titleIn(data.page, locale);
  return (
    <p className={`row g4 ${className ?? ''}`}>
      <Icon of={IconBook2} size={16} />
      {data.page && title ? (
        <>
          <span className="t2">{t('made.page')}</span>
          <Link
            className="link"
            lang={title.lang}
            to="/c/$cohortId/handbook/$pageId"
            params={{ cohortId, pageId: data.page.id }}
          >
            {title.text}
          </Link>
        </>
      ) : (
        <Link className="link" to="/c/$cohortId/handbook/new" params={{ cohortId }} search={searchOf(origin) as never}>
          {t('made.make')}
        </Link>
      )}
    </p>
  );
}
