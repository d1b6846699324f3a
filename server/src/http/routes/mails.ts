import type { FastifyInstance } from 'fastify';
import type { HttpParts } from '../context.ts';
import { alertRoutes } from './alerts.ts';
import { complianceRoutes } from './compliance.ts';
import { scheduleRoutes } from './schedules.ts';

/** What tells people by mail: alerts when something is crossed, boards at their hour, reports at once. */
export function mailRoutes(app: FastifyInstance, parts: HttpParts): void {
  alertRoutes(app, parts);
  complianceRoutes(app, parts);
  scheduleRoutes(app, parts);
}
