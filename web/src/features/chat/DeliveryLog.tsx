import { Button, Modal, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Delivery } from '../../../../src/contracts/webhooks';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatAbsolute, formatShortDay, formatTime } from '../../time/format';
import { Empty } from '../../ui/Empty';
import { useFocusBack } from '../../ui/focus';
import { QueryBoundary } from '../../ui/QueryBoundary';

/** What went out of a webhook lately, try by try. */
export function DeliveryLog({ path }: { path: string }) {
  const { t } = useTranslation('chat');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
        {t('webhooks.log')}
      </Button>
      {open && <LogModal path={path} onClose={() => setOpen(false)} />}
    </>
  );
}

function LogModal({ path, onClose }: { path: string; onClose: () => void }) {
  const { t } = useTranslation('chat');
  useFocusBack();
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const log = useQuery({
    queryKey: [...keys.channels, path, 'log'],
    queryFn: () => api.get<Page<Delivery>>(`${path}/deliveries`),
    staleTime: 0,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('webhooks.log')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <QueryBoundary query={log} ns="chat">
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('webhooks.logEmpty')} />
          ) : (
            <Table.ScrollContainer minWidth={420}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('webhooks.at')}</Table.Th>
                    <Table.Th>{t('webhooks.what')}</Table.Th>
                    <Table.Th>{t('webhooks.came')}</Table.Th>
                    <Table.Th>{t('webhooks.took')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map(({ id, at, messageId, attempt, ok, status, problem, ms }) => (
                    <Table.Tr key={id}>
                      <Table.Td>
                        <time dateTime={at} title={formatAbsolute(at, zone, locale)}>
                          {formatShortDay(at, zone, locale, now)}, {formatTime(at, zone, locale)}
                        </time>
                      </Table.Td>
                      <Table.Td>{messageId ? t('webhooks.try', { attempt }) : t('webhooks.testTry')}</Table.Td>
                      <Table.Td>
                        {ok
                          ? t('webhooks.arrived', { status })
                          : t(`webhooks.problem.${problem ?? 'status'}`, { status })}
                      </Table.Td>
                      <Table.Td>{t('webhooks.ms', { ms })}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </QueryBoundary>
    </Modal>
  );
}
