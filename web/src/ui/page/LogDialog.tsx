import { Modal, Table } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from './Empty';
import { useFocusBack } from './focus';
import { QueryBoundary } from './QueryBoundary';

interface LogDialogProps<Entry> {
  title: string;
  /** Said where nothing happened yet. */
  empty: string;
  heads: readonly string[];
  query: UseQueryResult<{ items: Entry[] }>;
  /** One cell for each head. */
  cells: (entry: Entry) => readonly ReactNode[];
  ns: string;
  onClose: () => void;
}

/** What happened lately, one line each. */
export function LogDialog<Entry extends { id: string }>(props: LogDialogProps<Entry>) {
  const { title, empty, heads, query, cells, ns, onClose } = props;
  const { t } = useTranslation();
  useFocusBack();
  return (
    <Modal opened onClose={onClose} size="lg" title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <QueryBoundary query={query} ns={ns}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={empty} />
          ) : (
            <Table.ScrollContainer minWidth={420}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    {heads.map((head) => (
                      <Table.Th key={head}>{head}</Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map((entry) => (
                    <Table.Tr key={entry.id}>
                      {cells(entry).map((cell, index) => (
                        <Table.Td key={heads[index]}>{cell}</Table.Td>
                      ))}
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
