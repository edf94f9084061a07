import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/http';
import { keys } from '../api/keys';
import { isMissing } from '../api/problem';
import type { Cohort } from '../api/types';
import { ButtonLink } from '../ui/ButtonLink';
import { Icon } from '../ui/Icon';
import { NotFoundPage } from '../ui/page/NotFound';
import { PageHeader } from '../ui/page/PageHeader';
import { useProblemText } from '../ui/page/ProblemAlert';
import { toast, toastProblem } from '../ui/toast';
import classes from './FromOutside.module.css';

interface FromOutsideProps {
  cohortId: string;
  /** Whether this page may be read from outside. */
  isOpen: boolean;
  children: ReactNode;
}

/** A cohort as an admin sees it who is no member: its open pages with a word on top, and how to come in on all others. */
export default function FromOutside({ cohortId, isOpen, children }: FromOutsideProps) {
  const { t } = useTranslation();
  const cohort = useQuery({
    queryKey: keys.in(cohortId, 'self'),
    queryFn: () => api.get<Cohort>(`/cohorts/${cohortId}`),
    staleTime: 5 * 60_000,
  });
  if (isMissing(cohort.error)) return <NotFoundPage />;
  if (!cohort.data) return isOpen ? children : null;
  const { name } = cohort.data;
  if (isOpen) {
    return (
      <>
        <div className={classes.line}>
          <span className="grow">{t('outside.line', { cohort: name })}</span>
          <JoinTeam cohortId={cohortId} name={name} size="sm" />
        </div>
        {children}
      </>
    );
  }
  return (
    <div className="page">
      <div className="measure">
        <PageHeader title={t('outside.title')} lead={t('outside.body', { cohort: name })} />
        <div className="row wrap mt16">
          <JoinTeam cohortId={cohortId} name={name} primary />
          <ButtonLink to="/c/$cohortId/board" params={{ cohortId }}>
            {t('nav.board')}
          </ButtonLink>
        </div>
      </div>
    </div>
  );
}

function JoinTeam({
  cohortId,
  name,
  size,
  primary,
}: {
  cohortId: string;
  name: string;
  size?: 'sm';
  primary?: boolean;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const text = useProblemText();
  const [busy, setBusy] = useState(false);
  const join = async () => {
    setBusy(true);
    try {
      await api.post(`/cohorts/${cohortId}/team`);
      toast(t('outside.joined', { cohort: name }));
      // Who I am first: the pages that open then ask as a member.
      await client.refetchQueries({ queryKey: keys.me });
      await client.invalidateQueries();
    } catch (error) {
      toastProblem(text(error));
      setBusy(false);
    }
  };
  return (
    <Button
      size={size}
      variant={primary ? 'filled' : 'default'}
      leftSection={<Icon of={IconUsers} size={16} />}
      loading={busy}
      onClick={() => void join()}
    >
      {t('outside.join')}
    </Button>
  );
}
