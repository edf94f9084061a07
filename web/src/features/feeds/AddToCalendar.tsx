import { Menu } from '@mantine/core';
import { IconBrandGoogle, IconBrandOffice, IconBrandWindows, IconDownload } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { Icon } from '../../ui/Icon';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { saveAsFile } from '../../ui/forms/save-file';
import { toastProblem } from '../../ui/toast';
import { type WebEntry, webCalendars } from './web-calendars';

const WEB = [
  ['google', IconBrandGoogle],
  ['outlook', IconBrandWindows],
  ['office', IconBrandOffice],
] as const;

export interface AddToCalendarProps {
  entry: Omit<WebEntry, 'page'>;
  /** Of the thing here: `/c/…/workshops/…`; its file is read from the API. */
  page: string;
  /** Of the file in the API. */
  file: string;
  /** What opens the menu. */
  children: ReactElement;
}

/** One entry in my own calendar: as a file, or by the form of a calendar on the web. */
export default function AddToCalendar({ entry, page, file, children }: AddToCalendarProps) {
  const { t } = useTranslation('feeds');
  const text = useProblemText();
  const whole = { ...entry, page: new URL(page, location.origin).href };
  const save = () => {
    api.get<string>(file).then(
      (ics) => saveAsFile('cordee.ics', 'text/calendar', ics),
      (error: unknown) => toastProblem(text(error)),
    );
  };
  return (
    <Menu position="bottom-start">
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon of={IconDownload} size={16} />} onClick={save}>
          {t('add.file')}
        </Menu.Item>
        {WEB.map(([which, icon]) => (
          <Menu.Item
            key={which}
            component="a"
            href={webCalendars[which](whole)}
            target="_blank"
            rel="noopener noreferrer"
            leftSection={<Icon of={icon} size={16} />}
          >
            {t(`add.${which}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
