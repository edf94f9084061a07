import { ActionIcon, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconDoorEnter, IconFileText, IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useMe } from '../../../api/session';
import type { Locale, Me } from '../../../api/types';
import { setLocale } from '../../../i18n/i18n';
import { useLocale } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { Avatar } from '../../../ui/people/Avatar';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toastProblem } from '../../../ui/toast';
import { LastItems } from '../../../shell/me/LastItems';
import { useSignOut } from '../../../ui/useSignOut';

/** Who is signed in, the language of the pages, their colours, the way out; and into the cohorts of whoever has some. */
export function AccountMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const text = useProblemText();
  const { out, asking } = useSignOut();
  const other: Locale = useLocale() === 'fr' ? 'en' : 'fr';
  const speak = useMutation({
    mutationFn: () => api.patch<Me>('/me', { locale: other }),
    onSuccess: async (now) => {
      client.setQueryData(keys.me, now);
      await setLocale(now.locale);
    },
    onError: (error) => toastProblem(text(error)),
  });
  return (
    <>
      <Menu position="bottom-end" width={248} offset={4} withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon aria-label={t('me.menu', { name: me.name })}>
            <Avatar id={me.id} name={me.name} url={me.avatarUrl} size={32} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{me.name}</Menu.Label>
          {(me.memberships.length > 0 || me.isAdmin) && (
            <Menu.Item leftSection={<Icon of={IconDoorEnter} />} onClick={() => void navigate({ to: '/' })}>
              {t('reviews:toCohort')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Icon of={IconFileText} />} onClick={() => void navigate({ to: '/applications' })}>
            {t('me.applications')}
          </Menu.Item>
          <Menu.Item lang={other} leftSection={<Icon of={IconLanguage} />} onClick={() => speak.mutate()}>
            {t(`languages.${other}`)}
          </Menu.Item>
          <Menu.Divider />
          <LastItems onSignOut={out} />
        </Menu.Dropdown>
      </Menu>
      {asking}
    </>
  );
}
