import { defineEvent } from '../infra/events/event-bus.js';

/** What reaches a person, or their quiet hours, changed: reminders to come follow. In the outbox too. */
export const preferencesChanged = defineEvent<{ userId: string }>('preferences.changed');
