import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type {
  Becoming,
  Matching,
  MatchingOverview,
  PublishedTeams,
} from '../../../../src/contracts/selection/matching';
import { keys } from '../../api/keys';
import { ConfirmDialog } from '../../ui/confirm';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { toast } from '../../ui/toast';
import classes from './matching.module.css';
import { useMatchingActs } from './queries';

const BECOMING: readonly Becoming[] = ['invited', 'planned', 'not_sent', 'placed', 'other_role', 'gone'];

interface PublishDialogProps {
  cohortId: string;
  overview: MatchingOverview;
  matching: Matching;
  onClose: () => void;
}

/** What publishing does with whom, before it is done. */
export default function PublishDialog({ cohortId, overview, matching, onClose }: PublishDialogProps) {
  const { t } = useTranslation('matching');
  const { preview, publish } = useMatchingActs(cohortId);
  const id = matching.id ?? '';
  const query = useQuery({
    queryKey: keys.in(cohortId, 'matching', 'preview', id),
    queryFn: () => preview(id),
    gcTime: 0,
    // Each look is one of those that one has in an hour.
    ...{ refetchOnWindowFocus: false, refetchOnReconnect: false },
  });
  const empty = overview.projects.filter(({ id: one }) =>
    matching.teams.every(({ projectId, fellows }) => projectId !== one || fellows.length === 0),
  );
  const confirm = async () => {
    const done = await publish(id);
    toast(t('publish.done', { count: done.people.filter(({ becomes }) => becomes !== 'gone').length }));
    onClose();
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('publish.ask', { number: matching.number })}
      act={t('publish.act')}
      keep={t('common:cancel')}
      danger={false}
      ns="matching"
      onConfirm={confirm}
      isReady={() => query.data !== undefined}
    >
      <p>{t('publish.what')}</p>
      <QueryBoundary query={query} ns="matching">
        {(told) => (
          <>
            <WhoBecomes told={told} />
            {told.told.agencies > 0 && <p className="mt8">{t('publish.agencies', { count: told.told.agencies })}</p>}
            {told.told.withoutPlace > 0 && (
              <p className="mt8">{t('publish.withoutPlace', { count: told.told.withoutPlace })}</p>
            )}
          </>
        )}
      </QueryBoundary>
      {empty.length > 0 && (
        <p className="mt8">
          {t('publish.empty', { list: empty.map(({ name }) => name).join(', '), count: empty.length })}
        </p>
      )}
    </ConfirmDialog>
  );
}

function WhoBecomes({ told }: { told: PublishedTeams }) {
  const { t } = useTranslation('matching');
  const groups = BECOMING.map((becomes) => ({ becomes, people: told.people.filter((one) => one.becomes === becomes) }));
  return (
    <ul className={classes.willBe}>
      {groups
        .filter(({ people }) => people.length > 0)
        .map(({ becomes, people }) => (
          <li key={becomes}>
            <p className="bold">{t(`becomes.${becomes}`, { count: people.length })}</p>
            {becomes !== 'gone' && (
              <ul>
                {people.map((one) => (
                  <li key={one.applicationId}>
                    {t('publish.person', {
                      name: one.name || one.email,
                      project: one.projectName,
                      craft: one.craft ? t(`common:crafts.${one.craft}`) : '',
                      language: one.locale ? t(`publish.languages.${one.locale}`) : '',
                    })}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
    </ul>
  );
}
