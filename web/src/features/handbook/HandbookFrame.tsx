import { Button } from '@mantine/core';
import { IconListTree } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handbook } from '../../../../src/contracts/handbook/handbook';
import { useApplyEvents } from '../../api/socket';
import { Icon } from '../../ui/Icon';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { handbookEvents, useHandbook } from './handbook';
import { HandbookLinks } from './HandbookLinks';
import { PageSide } from './PageSide';
import classes from './handbook.module.css';

interface HandbookFrameProps {
  cohortId: string;
  pageId?: string | undefined;
  children: (handbook: Handbook) => ReactNode;
}

/** What stands around every page of a handbook: the tree beside it, on a phone above it when it is asked for. */
export function HandbookFrame({ cohortId, pageId, children }: HandbookFrameProps) {
  const { t } = useTranslation('handbook');
  useApplyEvents(handbookEvents);
  const query = useHandbook(cohortId);
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={`page ${classes.frame}`}>
      <QueryBoundary query={query}>
        {(handbook) => (
          <>
            <div className={classes.side} data-open={isOpen}>
              <Button
                className={classes.turn}
                variant="default"
                aria-expanded={isOpen}
                leftSection={<Icon of={IconListTree} size={16} />}
                onClick={() => setOpen(!isOpen)}
              >
                {t('allPages', { count: handbook.items.length })}
              </Button>
              <div className={classes.tree}>
                <PageSide cohortId={cohortId} handbook={handbook} pageId={pageId} onGo={() => setOpen(false)}>
                  <HandbookLinks cohortId={cohortId} handbook={handbook} />
                </PageSide>
              </div>
            </div>
            <div className={classes.main}>{children(handbook)}</div>
          </>
        )}
      </QueryBoundary>
    </div>
  );
}
