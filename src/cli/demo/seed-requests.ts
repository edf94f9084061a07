import { HOUR } from '../../common/times/clock.js';
import type { HelpRequest } from '../../contracts/mentoring/requests.js';
import { RequestsService } from '../../mentoring/requests/requests.service.js';
import { requestTexts } from './requests.content.js';
import { type DemoCohort, type DemoPerson, type Stage, inRole, memberOf } from './stage.js';

/** How many hours ago each was asked: one is fresh, some wait, one has waited for too long. */
const AGES = [3, 26, 52, 75, 101] as const;

/** A few requests for help: to coaches and to crafts, waiting, asked back, accepted and declined. */
export async function seedRequests(stage: Stage, cohort: DemoCohort): Promise<void> {
  const { app, clock, now } = stage;
  const requests = app.get(RequestsService);
  const coaches = inRole(cohort, 'coach');
  const fellows = inRole(cohort, 'fellow');
  const asked: { request: HelpRequest; by: DemoPerson; owner: DemoPerson | undefined }[] = [];
  for (const index of AGES.keys()) {
    const { need, text, ...whom } = requestTexts[index] ?? requestTexts[0];
    const by = fellows[index % 3];
    if (!by) continue;
    clock.set(new Date(now.getTime() - (AGES[index] ?? 1) * HOUR));
    const owner = 'coach' in whom ? coaches[whom.coach % 2] : undefined;
    const target = 'craft' in whom ? { craft: whom.craft } : { ownerId: owner?.id ?? '' };
    asked.push({ request: await requests.ask(memberOf(cohort, by), { need, text, ...target }), by, owner });
  }
  clock.set(new Date(now.getTime() - HOUR));
  const [, read, , , interviews] = asked;
  if (read?.owner) {
    await requests.askBack(memberOf(cohort, read.owner), read.request.id, {
      revision: 1,
      text: 'Quelle méthode l’agence impose-t-elle ?',
    });
  }
  if (interviews?.owner) {
    await requests.accept(memberOf(cohort, interviews.owner), interviews.request.id, { revision: 1 });
  }
  clock.set(now);
}
