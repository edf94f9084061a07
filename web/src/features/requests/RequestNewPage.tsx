import { Button, NativeSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Craft } from '../../../../src/contracts/roles';
import type { HelpRequest } from '../../../../src/contracts/mentoring/requests';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMembership } from '../../api/session';
import type { Member } from '../../api/types';
import { useSubmit } from '../../ui/forms/form';
import { NotFoundPage } from '../../ui/page/NotFound';
import { PageHeader } from '../../ui/page/PageHeader';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { toast } from '../../ui/toast';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { keepRequest } from './queries';
import classes from './requests.module.css';

const HelperPicker = lazyPart(async () => ({ default: (await import('./HelperPicker')).HelperPicker }));

interface Asked {
  whom: 'person' | 'craft';
  ownerId: string | null;
  craft: string;
  need: string;
  text: string;
  wishedOn: string;
  [field: string]: unknown;
}

const MAX_NEED = 200;
const MAX_TEXT = 4000;

/** Asking for help: whom, two lines, and what helps to understand them. `?of=<id>` begins with a person. */
export default function RequestNewPage() {
  const { t } = useTranslation('requests');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/coaching/requests/new' });
  const { of }: { of?: string } = useSearch({ strict: false });
  const isFellow = useMembership()?.role === 'fellow';
  const member = useQuery({
    queryKey: keys.in(cohortId, 'members', 'one', of),
    queryFn: ({ signal }) => api.get<Member>(`/cohorts/${cohortId}/members/${of ?? ''}`, { signal }),
    enabled: isFellow && of !== undefined,
  });
  if (!isFellow) return <NotFoundPage />;
  return (
    <div className="page">
      <PageHeader
        title={t('ask.title')}
        lead={t('ask.lead')}
        crumbs={[
          { label: t('coaching'), link: { to: '/c/$cohortId/coaching', params: { cohortId } } },
          { label: t('title'), link: { to: '/c/$cohortId/coaching/requests', params: { cohortId } } },
          { label: t('ask.crumb') },
        ]}
      />
      {of === undefined ? (
        <Form cohortId={cohortId} />
      ) : (
        <QueryBoundary query={member}>{(one) => <Form cohortId={cohortId} of={one} />}</QueryBoundary>
      )}
    </div>
  );
}

function Form({ cohortId, of }: { cohortId: string; of?: Member }) {
  const { t } = useTranslation('requests');
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm<Asked>({
    initialValues: {
      whom: 'person',
      ownerId: of?.userId ?? null,
      craft: 'developer',
      need: '',
      text: '',
      wishedOn: '',
    },
  });
  const { whom, ownerId, craft } = form.values;
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ need, text, wishedOn }) => {
      const asked = await api.post<HelpRequest>(`/cohorts/${cohortId}/requests`, {
        ...(whom === 'person' ? { ownerId: ownerId ?? '' } : { craft }),
        need,
        text,
        wishedOn: wishedOn || null,
      });
      keepRequest(client, asked);
      toast(t('ask.done'));
      await navigate({
        to: '/c/$cohortId/coaching/requests/$requestId',
        params: { cohortId, requestId: asked.id },
        replace: true,
      });
    },
    'requests',
  );
  return (
    <form onSubmit={submit} noValidate className={`stackv g16 mt16 ${classes.form}`}>
      <SegmentedControl
        className={classes.whom}
        aria-label={t('ask.whom')}
        data={(['person', 'craft'] as const).map((value) => ({ value, label: t(`ask.${value}`) }))}
        {...form.getInputProps('whom')}
      />
      {whom === 'person' ? (
        <Part fallback={<div className={classes.pickerSpace} />}>
          <HelperPicker
            cohortId={cohortId}
            chosen={of && { id: of.userId, name: of.name }}
            label={t('ask.who')}
            description={t('ask.whoHelp')}
            {...form.getInputProps('ownerId')}
          />
        </Part>
      ) : (
        <NativeSelect
          label={t('ask.which')}
          description={t('ask.whichHelp')}
          data={Craft.options.map((value) => ({ value, label: t(`common:crafts.${value}`) }))}
          {...form.getInputProps('craft')}
        />
      )}
      <Textarea
        label={t('ask.need')}
        description={t('ask.needHelp')}
        autosize
        minRows={2}
        maxRows={3}
        maxLength={MAX_NEED}
        {...form.getInputProps('need')}
      />
      <Textarea
        label={t('ask.text')}
        description={t('ask.textHelp')}
        autosize
        minRows={4}
        maxRows={14}
        maxLength={MAX_TEXT}
        {...form.getInputProps('text')}
      />
      <TextInput
        className={classes.day}
        type="date"
        label={t('ask.wishedOn')}
        description={t('ask.wishedOnHelp')}
        {...form.getInputProps('wishedOn')}
      />
      <ProblemAlert error={problem} ns="requests" />
      <div className="row wrap">
        <Button type="submit" variant="filled" loading={busy}>
          {t('ask.send')}
        </Button>
        <span className="t2">{t(whom === 'person' ? 'ask.thenPerson' : 'ask.thenCraft')}</span>
      </div>
    </form>
  );
}
