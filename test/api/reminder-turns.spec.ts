import type { ReminderRow } from '../../src/reminders/reminder.schema.js';
import { startWorld } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { aCohort, aMember } from '../support/factories.js';
import { remindersTo, rowsIn, rowsOf, tick } from '../support/reminders.js';
import { aWorkshop } from '../support/workshops.js';

describe('a line at the mail server', () => {
  it('given who stands in it is taken out of the cohort meanwhile, then they get no mail', async () => {
    const slow = await startWorld({ nodes: 1, env: { MAIL_CONNECTIONS: '1' } });
    try {
      const cohortId = await aCohort(slow);
      const lead = await aMember(slow, cohortId, 'staff');
      const fellows = [await aMember(slow, cohortId, 'fellow'), await aMember(slow, cohortId, 'fellow')];
      const { path, id } = await aWorkshop(lead, cohortId);
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
