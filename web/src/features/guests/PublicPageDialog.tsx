import { Button, Checkbox, CopyButton, Modal, NativeSelect, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { PublicPage } from '../../../../src/contracts/workshops/guests';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { useFocusBack } from '../../ui/page/focus';
import { useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { toast } from '../../ui/toast';
import { optionsOf } from './answers';
import { QuestionFields, type QuestionValues } from './QuestionFields';
import { usePublicPage, useSetPublicPage } from './queries';
import classes from './guests.module.css';

interface DialogProps {
  workshop: Workshop;
  onClose: () => void;
}

/** Whether everybody may see a workshop, whose names stand on its page, whether guests register there and what they are asked. */
export default function PublicPageDialog({ workshop, onClose }: DialogProps) {
  const { t } = useTranslation('guests');
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size="lg"
    >
      <QueryBoundary query={usePublicPage(workshop)} ns="guests">
        {(page) => <Settings workshop={workshop} page={page} onClose={onClose} />}
      </QueryBoundary>
    </Modal>
  );
}

export interface PageValues extends Record<string, unknown> {
  on: boolean;
  guests: boolean;
  plusOne: boolean;
  guestPercent: string;
  shownHosts: string[];
  questions: QuestionValues[];
}

const valuesOf = (
  { slug: _slug, questions, shownHosts, guestPercent, ...page }: PublicPage,
  hosts: readonly string[],
): PageValues => ({
  ...page,
  guestPercent: String(guestPercent),
  shownHosts: shownHosts.filter((id) => hosts.includes(id)),
  questions: questions.map(({ options, ...question }) => ({ ...question, options: options.join('\n') })),
});

function Settings({ workshop, page, onClose }: DialogProps & { page: PublicPage }) {
  const { t } = useTranslation('guests');
  const set = useSetPublicPage(workshop);
  const form = useForm<PageValues>({ initialValues: valuesOf(page, workshop.hosts) });
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ questions, guestPercent, ...values }) => {
      const asked = questions.map(({ options, ...question }) => ({
        ...question,
        options: question.kind === 'choice' ? optionsOf(options) : [],
      }));
      await set({ ...values, guestPercent: Number(guestPercent), questions: asked });
      toast(t(values.on ? 'settings.savedOn' : 'settings.savedOff'));
      onClose();
    },
    'guests',
  );
  const { on, guests } = form.values;
  return (
    <form onSubmit={submit} noValidate className="stackv g16 mt12">
      <Switch
        label={t('settings.on')}
        description={t('settings.onHelp')}
        {...form.getInputProps('on', { type: 'checkbox' })}
      />
      {on && page.slug !== null && <Address slug={page.slug} />}
      {on && workshop.people.length > 0 && (
        <Checkbox.Group
          label={t('settings.hosts')}
          description={t('settings.hostsHelp')}
          {...form.getInputProps('shownHosts')}
        >
          <div className="stackv mt8">
            {workshop.people.map(({ id, name }) => (
              <Checkbox key={id} value={id} label={name} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {on && (
        <Switch
          label={t('settings.guests')}
          description={t('settings.guestsHelp')}
          {...form.getInputProps('guests', { type: 'checkbox' })}
        />
      )}
      {on && guests && (
        <>
          <Checkbox
            label={t('settings.plusOne')}
            description={t('settings.plusOneHelp')}
            {...form.getInputProps('plusOne', { type: 'checkbox' })}
          />
          <NativeSelect
            label={t('settings.percent')}
            description={t('settings.percentHelp')}
            data={percentsWith(page.guestPercent).map((percent) => ({
              value: String(percent),
              label: t('settings.percents', { percent }),
            }))}
            {...form.getInputProps('guestPercent')}
          />
          <QuestionFields form={form} />
        </>
      )}
      <ProblemAlert error={problem} ns="guests" />
      <div className="row end">
        <Button variant="subtle" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" variant="filled" loading={busy}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  );
}

const PERCENTS = [25, 50, 75, 100];
/** Another one may have been set by a program. */
const percentsWith = (set: number) => [...new Set([...PERCENTS, set])].sort((a, b) => a - b);

function Address({ slug }: { slug: string }) {
  const { t } = useTranslation('guests');
  const url = new URL(`/w/${slug}`, window.location.origin).href;
  return (
    <div className="row wrap">
      <a className={`link ${classes.address}`} href={url} target="_blank" rel="noreferrer noopener">
        {url}
      </a>
      <CopyButton value={url}>
        {({ copied, copy }) => (
          <Button size="xs" onClick={copy}>
            {t(copied ? 'settings.copied' : 'settings.copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
