import {
  IconBan,
  IconBeach,
  IconCalendarOff,
  IconCalendarX,
  IconCircleMinus,
  IconClock,
  IconHourglass,
  IconTelescope,
  IconUserX,
  type Icon,
} from '@tabler/icons-react';
import type { HiddenReason } from '../../../../../src/contracts/mentoring/mentoring';

/** The sign of each reason for which a slot is hidden; its words are `hidden.<reason>`. */
export const reasonIcons: Record<HiddenReason, Icon> = {
  outside_hours: IconCalendarOff,
  notice: IconClock,
  horizon: IconTelescope,
  busy: IconUserX,
  buffer: IconHourglass,
  day_cap: IconCircleMinus,
  week_cap: IconBan,
  you_are_busy: IconCalendarX,
  closed_day: IconBeach,
};
