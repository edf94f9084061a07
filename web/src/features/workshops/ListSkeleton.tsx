import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Group } from '../../ui/page/Group';
import classes from './workshops.module.css';

const BAR = 12;
/** Lengths of title and facts in percent, as uneven as real ones. */
const ROWS = [
  [46, 58],
  [52, 64],
  [34, 50],
  [55, 52],
] as const;

/** The list on its way: its first head is real already, its rows have the grid of those that come. */
export function ListSkeleton({ head }: { head: string }) {
  const { t } = useTranslation('workshops');
  return (
    <Group title={head}>
      <VisuallyHidden role="status">{t('common:loading')}</VisuallyHidden>
      <ul className="list" aria-hidden="true">
        {ROWS.map(([title, facts]) => (
          <li key={title} className={classes.row}>
            <span className={classes.time}>
              <Skeleton height={BAR} width={72} mt={4} />
              <Skeleton height={BAR} width={88} mt={8} />
            </span>
            <div className="grow">
              <Skeleton height={BAR} width={`${title}%`} mt={4} />
              <Skeleton height={BAR} width={`${facts}%`} mt={8} />
            </div>
            <span className={classes.places}>
              <Skeleton height={4} mt={8} />
              <Skeleton height={BAR} width={96} mt={10} />
            </span>
            <span className={classes.act} />
          </li>
        ))}
      </ul>
    </Group>
  );
}
