import { NoTurn } from '../../../src/infra/mail/mail-turns.js';
import { Mailer } from '../../../src/infra/mail/mailer.js';
import type { ReminderRow } from '../../../src/reminders/reminder.schema.js';
import { startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember } from '../../support/factories.js';
import { remindersTo, rowsIn, rowsOf, tick } from '../../support/reminders/reminders.js';
import { MEETING, aWorkshop } from '../../support/rooms/workshops.js';

describe('a line at the mail server', () => {
  it('given its turn would come when it is too late, then it has failed, which staff see, and is not lost in silence', async () => {
    const busy = await startWorld({ nodes: 1 });
    try {
      const cohortId = await aCohort(busy);
      const lead = await aMember(busy, cohortId, 'staff');
      const fellow = await aMember(busy, cohortId, 'fellow');
      const { path, id } = await aWorkshop(lead, cohortId, { link: MEETING });
      await fellow.client.put(`${path}/registration`, {});
      await rowsIn(busy, id, 'planned', 3);
      jest.spyOn(busy.app.get(Mailer), 'inTurn').mockImplementation(() => Promise.reject(new NoTurn(false)));
      busy.clock.set('2026-10-15T07:59:00.000Z');
      await tick(busy);
      const [last] = (await rowsOf(busy, id)).slice(-1);
      expect([last!.kind, last!.state, last!.because]).toEqual(['workshop.10min', 'failed', 'later']);
      const { items } = (await lead.client.get(`/api/cohorts/${cohortId}/reminders?state=failed&limit=10`)).body;
      expect(items).toMatchObject([{ id: String(last!._id), because: 'later' }]);
    } finally {
      jest.restoreAllMocks();
      await busy.stop();
    }
  });

  it('given who stands in it is taken out of the cohort meanwhile, then they get no mail', async () => {
    const slow = await startWorld({ nodes: 1, env: { MAIL_CONNECTIONS: '1' } });
    try {
      const cohortId = await aCohort(slow);
      const lead = await aMember(slow, cohortId, 'staff');
      const fellows = [await aMember(slow, cohortId, 'fellow'), await aMember(slow, cohortId, 'fellow')];
      const { path, id } = await aWorkshop(lead, cohortId, { link: MEETING });
      for (const one of fellows) {
        await one.client.put(`${path}/registration`, {});
        slow.mail.stallAfter(one.email);
      }
      const [{ dueAt }] = (await rowsIn(slow, id, 'planned', 6)) as [ReminderRow];
      slow.clock.set(dueAt);
      const sending = tick(slow);
      const [inTurn] = await eventually(() => {
        const asked = fellows.filter(({ email }) => slow.mail.asked(email) > 0);
        expect(asked).toHaveLength(1);
        return asked;
      });
      const inLine = fellows.find((one) => one !== inTurn)!;
      await lead.client.delete(`/api/cohorts/${cohortId}/members/${inLine.id}`);
      await sending;
      expect(remindersTo(slow, inLine.email)).toEqual([]);
      const rows = (await rowsOf(slow, id)).filter((row) => String(row.userId) === inLine.id);
      expect(rows.map(({ state, because }) => `${state} ${because}`)).toEqual(Array(3).fill('dropped left'));
    } finally {
      await slow.stop();
    }
  });
});
