import type { SafetyAlarm } from '@fanfare/contract';
import { m } from '#lib/paraglide/messages.js';

/** What the desk and the page of compliance say of reports that nobody acknowledges. */
export const ALARMS: Readonly<Record<SafetyAlarm, () => string>> = {
  late: () => m.safety_alarm_late(),
  escalated: () => m.safety_alarm_escalated(),
  full: () => m.safety_alarm_full(),
};
