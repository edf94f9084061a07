import {
  IconAlignLeft,
  IconCalendar,
  IconCircleCheck,
  IconHeading,
  IconLetterCase,
  IconLink,
  IconMail,
  IconNumber123,
  IconPaperclip,
  IconPhone,
  IconSignature,
  IconSquareCheck,
  type Icon,
} from '@tabler/icons-react';
import type { FieldKind } from '../../../../../src/contracts/calls/forms';

export const KIND_ICONS: Record<FieldKind, Icon> = {
  section: IconHeading,
  short: IconLetterCase,
  long: IconAlignLeft,
  one: IconCircleCheck,
  several: IconSquareCheck,
  number: IconNumber123,
  date: IconCalendar,
  email: IconMail,
  phone: IconPhone,
  link: IconLink,
  statement: IconSignature,
  file: IconPaperclip,
};
