import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CommonsFlags } from '../../../../src/contracts/commons/commons';
import { MAX_FLAGGED_SHOWN } from '../../../../src/contracts/limits';
import { api } from '../../api/http';
import { Icon } from '../../ui/Icon';
import { Empty } from '../../ui/page/Empty';
import { PageHeader } from '../../ui/page/PageHeader';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { PersonName } from '../../ui/people/PersonName';
import { toastProblem } from '../../ui/toast';
import { askCommonsAgain, useCommonsFlags } from './commons';
import classes from './commons.module.css';
import { PostView } from './topic/PostView';

/** Posts that somebody asks the staff of their cohort to look at. */
export default function CommonsFlagsPage() {
  const { t } = useTranslation('commons');
  const flags = useCommonsFlags();
  return (
    <div className="page">
      <PageHeader
        title={t('flags.title')}
        lead={t('flags.lead')}
        crumbs={[{ label: t('title'), link: { to: '/commons' } }, { label: t('flags.title') }]}
      />
      <div className={classes.column}>
        <QueryBoundary query={flags} ns="commons">
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t('flags.empty')}>{t('flags.emptyBody')}</Empty>
            ) : (
              <>
                {items.map((item) => (
                  <Flagged key={item.post.id} item={item} />
                ))}
                {items.length === MAX_FLAGGED_SHOWN && <p className={classes.more}>{t('flags.more')}</p>}
              </>
            )
          }
        </QueryBoundary>
      </div>
    </div>
  );
}

function Flagged({ item: { topicId, title, post, flags } }: { item: CommonsFlags['items'][number] }) {
  const { t } = useTranslation('commons');
  const client = useQueryClient();
  const text = useProblemText('commons');
  const keep = () =>
    void api
      .post(`/commons/posts/${post.id}/keep`)
      .catch((error: unknown) => toastProblem(text(error)))
      .finally(() => askCommonsAgain(client));
  return (
    <section className="mt24" aria-label={title}>
      <h2 className="md bold">
        <Link className="link" to="/commons/$topicId" params={{ topicId }}>
          {title}
        </Link>
      </h2>
      <ul className="list tight mt8">
        {flags.map(({ by, kind, reason }) => (
          <li key={by.id}>
            <span className="grow">
              <PersonName person={by} className="med" />: {t(`flagKinds.${kind}`)}
              {reason !== '' && ` – ${reason}`}
            </span>
          </li>
        ))}
      </ul>
      <PostView post={post}>
        <Button variant="subtle" size="sm" leftSection={<Icon of={IconCheck} size={16} />} onClick={keep}>
          {t('flags.keep')}
        </Button>
      </PostView>
    </section>
  );
}
