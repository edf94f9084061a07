import { useSaver } from '../../../api/autosave/useSaver';
import { KEPT, setLocale } from '../../../i18n/i18n';
import { type Opens, fileClient } from './client';

// Beside the file itself: the rules of its answers come with it.
const saving = () => import('./saver');

/** Opens a file, and saves it as long as the page is open. `what`: of another one it is opened anew. `name`: under which one, before its id, this browser keeps what is not saved yet. */
export function useFile(what: string, opens: Opens, name = 'cordee-application:') {
  return useSaver(what, async () => {
    const client = fileClient(opens);
    const [application, { Saver }] = await Promise.all([client.open(), saving()]);
    const { id } = application;
    // The language of the letter, unless another one was chosen here.
    if (localStorage.getItem(KEPT) === null) await setLocale(application.locale);
    return {
      name: `${name}${id}`,
      begin: ({ kept, keep }) =>
        new Saver(application, kept, {
          save: async (body) => {
            const { application: server, conflicts } = await client.save(id, body);
            return { server, conflicts };
          },
          load: () => client.load(id),
          submit: (revision) => client.submit(id, revision),
          withdraw: () => client.withdraw(id),
          answerPlace: (isTaken) => client.answerPlace(id, isTaken),
          upload: (field, file, watching) => client.upload(id, field, file, watching),
          download: (answer) => client.download(id, answer),
          messages: () => client.messages(id),
          write: (body) => client.write(id, body),
          wishes: () => client.wishes(id),
          wish: (body) => client.wish(id, body),
          questions: () => client.questions(id),
          ask: (body) => client.ask(id, body),
          interview: () => client.interview(id),
          chooseTime: (body) => client.chooseTime(id, body),
          giveTimeBack: () => client.giveTimeBack(id),
          keep,
        }),
    };
  });
}
