import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../../time/clock';
import { Group } from '../../../ui/page/Group';
import classes from './figures.module.css';

/** Groups with how many are in each; a small one says that it is hidden. */
export function Bars({
  title,
  cells,
  children,
}: {
  title: string;
  cells: readonly { key: string; label: string; count: number | null }[];
  children?: ReactNode;
}) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const most = Math.max(1, ...cells.map(({ count }) => count ?? 0));
  return (
    <Group title={title}>
      <table className={classes.bars}>
        <tbody>
          {cells.map(({ key, label, count }) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td aria-hidden="true">
                <i style={{ width: `${((count ?? 0) / most) * 100}%` }} />
              </td>
              <td>
                {count === null ? <span className="t3">{t('figures.hidden')}</span> : count.toLocaleString(locale)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {children}
    </Group>
  );
}
