import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './RowSkeleton.module.css';

/** Rows that are on their way, in the size of those that come (65 px), so that nothing jumps. */
export function RowSkeleton({ rows = 5, face = false }: { rows?: number; face?: boolean }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('loading')}>
      <ul className="list">
        {Array.from({ length: rows }, (_, index) => (
          <li key={index} className={classes.row}>
            {face && <Skeleton height={36} width={36} circle />}
            <div className="grow">
              <Skeleton className={classes.title} />
              <Skeleton className={classes.meta} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
