import { Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

const PAGES = { coming: '/c/$cohortId/reminders', ladder: '/c/$cohortId/reminders/ladder' } as const;

/** What goes out, and by which rules. */
export function RemindersTabs({ cohortId, at }: { cohortId: string; at: keyof typeof PAGES }) {
  const { t } = useTranslation('reminders');
  const navigate = useNavigate();
  return (
    <Tabs
      my="md"
      value={at}
      onChange={(to) => void navigate({ to: PAGES[to as keyof typeof PAGES], params: { cohortId } })}
    >
      <Tabs.List aria-label={t('crumb')}>
        {(['coming', 'ladder'] as const).map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {t(`tabs.${tab}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {/* Each tab is a page of its own: what it shows stands below. */}
      <Tabs.Panel value={at}>{null}</Tabs.Panel>
    </Tabs>
  );
}
