import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BeginApplication } from '../../../../../src/contracts/calls/applications';
import { api } from '../../../api/http';
import { deviceZone, useLocale } from '../../../time/clock';
import { useSubmit } from '../../../ui/forms/form';
import { takeFocus } from '../../../ui/page/focus';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';

/** An address is enough: its owner gets a letter with the link that opens the file. Whoever's it is, the same is said. */
export function StartForm({ slug, asks }: { slug: string; asks: 'start' | 'again' }) {
  const { t } = useTranslation('apply');
  const locale = useLocale();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: (value) => (value.trim() === '' ? t('start.emailMissing') : null) },
  });
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ email }) => {
      const body: BeginApplication = { email: email.trim(), locale, timeZone: deviceZone() };
      await api.post(`/calls/${encodeURIComponent(slug)}/applications`, body);
      setSentTo(email.trim());
    },
    'apply',
  );
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  if (sentTo !== null)
    return (
      <div className="mt16">
        <h3 id="start-sent" tabIndex={-1} ref={takeFocus}>
          {t('start.look')}
        </h3>
        <p className="mt4">{t('start.sent', { email: sentTo })}</p>
        <p className="t2 mt8">{t('start.nothingCame')}</p>
        <Button className="mt12" size="sm" onClick={() => setSentTo(null)}>
          {t('start.other')}
        </Button>
      </div>
    );
  return (
    <form onSubmit={submit} noValidate className="stackv g12 mt16">
      <TextInput
        id="start-email"
        ref={field}
        label={t('start.email')}
        description={t(asks === 'start' ? 'start.emailHelp' : 'start.emailAgain')}
        type="email"
        autoComplete="email"
        maxLength={254}
        size="md"
        {...form.getInputProps('email')}
      />
      <ProblemAlert error={problem} ns="apply" />
      <Button type="submit" variant="filled" size="lg" fullWidth loading={busy}>
        {t(asks === 'start' ? 'start.send' : 'start.sendAgain')}
      </Button>
    </form>
  );
}
