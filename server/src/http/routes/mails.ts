import type { FastifyInstance } from 'fastify';
import type { HttpParts } from '../http-parts.ts';
import { alertRoutes } from './alerts.ts';
import { complianceRoutes } from './compliance.ts';
import { ruleRoutes } from './rules.ts';
import { scheduleRoutes } from './schedules.ts';

/** What tells others by mail or webhook: alerts, reports, boards at their hour, and what fans did who agreed to it. */
export function mailRoutes(app: FastifyInstance, parts: HttpParts): void {
  alertRoutes(app, parts);
  complianceRoutes(app, parts);
  ruleRoutes(app, parts);
  scheduleRoutes(app, parts);
}
