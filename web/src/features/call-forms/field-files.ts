import { createContext } from 'react';
import type { FileAnswer } from '../../../../src/contracts/calls/answers';
import type { Watching } from '../../api/files/upload';

/** How files of a form come and go where it stands: who applies adds and reads them with the bearer of their link, staff read them by an address. */
export interface FieldFiles {
  add?: (field: string, file: File, watching: Watching) => Promise<void>;
  open?: (answer: FileAnswer) => Promise<void>;
  addressOf?: (answer: FileAnswer) => string;
}

/** Where there is none, as in a preview, no file is taken. */
export const FieldFilesContext = createContext<FieldFiles>({});
