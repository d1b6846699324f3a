import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  RULE_LIMITS,
  RuleDraftSchema,
  RuleWebhookSchema,
  formatInstant,
  type NewRuleWebhook,
  type RuleBody,
  type RuleDraft,
  type RuleList,
  type RuleTrial,
} from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { DAY_MS, type RuleRecord } from '../../domain/rules/rule.ts';
import { testOf } from '../../domain/rules/words.ts';
import { POLICIES } from '../../domain/sector/policy.ts';
import { isHidden } from '../../domain/suppression.ts';
import type { BrandRecord } from '../../parts.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { noted } from '../noted.ts';
import { ruleBody, ruleOf, webhookBody } from '../rule-body.ts';
import { readBody } from '../schema.ts';
import { offerLinkRoutes } from './offer-links.ts';

const draft = Compile(RuleDraftSchema);
const address = Compile(RuleWebhookSchema);
/** Days over which the fans of a rule are counted, and in which a removed one can be brought back. */
const [COUNTED, KEPT] = [30 * DAY_MS, DAY_MS];

/** Rules of a brand: what consenting fans do is told to the brand's own server. */
export function ruleRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { rules: own, clock } = parts;
  const { rules, hits, k } = own;
  const managed = (request: FastifyRequest) => brandFor(request, parts, 'rules.manage').record;
  const stopping = (request: FastifyRequest) => brandFor(request, parts, 'rules.stop').record;
  offerLinkRoutes(app, parts);

  const body = async (brand: BrandRecord, record: RuleRecord | null): Promise<RuleBody> => {
    if (!record) throw new Fault('not_found', 'there is no such rule');
    return ruleBody(record, await hits.counts(brand, clock() - COUNTED), k);
  };

  app.get('/brands/:brand/rules', async (request, reply): Promise<RuleList> => {
    const { record: brand } = brandFor(request, parts, 'rules.read');
    const [list, outgoing, counts] = await Promise.all([
      rules.list(brand),
      rules.outgoing(brand),
      hits.counts(brand, clock() - COUNTED),
    ]);
    void reply.header('cache-control', 'no-store');
    return {
      rules: list.map((one) => ruleBody(one, counts, k)),
      webhook: webhookBody(outgoing),
      stoppedAt: outgoing.stoppedAt === null ? null : formatInstant(outgoing.stoppedAt),
      allowed: POLICIES[brand.body.sector].outgoingRules,
      k,
    };
  });

  app.post('/brands/:brand/rules', async (request, reply): Promise<RuleBody> => {
    const brand = managed(request);
    const rule = ruleOf(readBody<RuleDraft>(request, draft));
    requireTrade(brand);
    const made = await rules.make(brand, rule, clock());
    if (!made) throw new Fault('too_large', `a brand has at most ${RULE_LIMITS.perBrand} rules`);
    await noted(request, parts, brand, 'rule.made', aboutOf(made));
    void reply.code(201);
    return body(brand, made);
  });

  app.put('/brands/:brand/rules/:id', async (request): Promise<RuleBody> => {
    const brand = managed(request);
    const rule = ruleOf(readBody<RuleDraft>(request, draft));
    const changed = await rules.change(brand, idOf(request), rule, clock());
    if (changed) await noted(request, parts, brand, 'rule.changed', aboutOf(changed));
    return body(brand, changed);
  });

  app.delete('/brands/:brand/rules/:id', async (request, reply): Promise<void> => {
    const brand = managed(request);
    const id = idOf(request);
    if (!(await rules.remove(brand, id, clock()))) throw new Fault('not_found', 'there is no such rule');
    await noted(request, parts, brand, 'rule.deleted', { rule: id });
    await reply.code(204).send();
  });

  app.post('/brands/:brand/rules/:id/restore', async (request): Promise<RuleBody> => {
    const brand = managed(request);
    const back = await rules.restore(brand, idOf(request), clock() - KEPT);
    if (back) await noted(request, parts, brand, 'rule.restored', { rule: back.id });
    return body(brand, back);
  });

  app.post('/brands/:brand/rules/:id/on', async (request): Promise<RuleBody> => {
    const brand = managed(request);
    const id = idOf(request);
    requireTrade(brand);
    const { provenAt } = await rules.outgoing(brand);
    const found = await rules.find(brand, id);
    if (found && provenAt === null) throw new Fault('not_proven');
    const changed = found && (await rules.run(brand, id, true, clock()));
    if (changed) await noted(request, parts, brand, 'rule.on', { rule: id });
    return body(brand, changed);
  });

  app.post('/brands/:brand/rules/:id/off', async (request): Promise<RuleBody> => {
    const brand = stopping(request);
    const changed = await rules.run(brand, idOf(request), false, clock());
    if (changed) await noted(request, parts, brand, 'rule.off', { rule: changed.id });
    return body(brand, changed);
  });

  app.post('/brands/:brand/rules/stop', (request, reply) => turn(stopping(request), request, reply, true));
  app.post('/brands/:brand/rules/allow', (request, reply) => turn(managed(request), request, reply, false));

  async function turn(brand: BrandRecord, request: FastifyRequest, reply: FastifyReply, stopped: boolean) {
    await rules.stop(brand, stopped, clock());
    await noted(request, parts, brand, stopped ? 'rules.stopped' : 'rules.allowed');
    await reply.code(204).send();
  }

  app.post('/brands/:brand/rules/trial', async (request): Promise<RuleTrial> => {
    const brand = managed(request);
    const rule = ruleOf(readBody<RuleDraft>(request, draft));
    await noted(request, parts, brand, 'rule.tried', conditionOf(rule));
    const fans = await own.trial(brand, rule);
    // In tens: two trials that differ by a little must not tell one fan apart.
    const told = isHidden(fans, k) ? null : k > 1 ? Math.floor(fans / 10) * 10 : fans;
    return { fans: told, days: RULE_LIMITS.trialDays, k };
  });

  app.put('/brands/:brand/rules/webhook', async (request, reply): Promise<NewRuleWebhook> => {
    const brand = managed(request);
    const { webhook } = readBody<{ readonly webhook: string }>(request, address);
    const before = await rules.outgoing(brand);
    // Another receiver must not know the key of the one before.
    const key = before.webhook === webhook ? undefined : randomBytes(32);
    if (key) {
      await rules.aim(brand, webhook, key, clock());
      await noted(request, parts, brand, 'rules.webhook_changed');
    }
    void reply.header('cache-control', 'no-store');
    return webhookBody(await rules.outgoing(brand), key)!;
  });

  app.post('/brands/:brand/rules/webhook/test', async (request): Promise<NewRuleWebhook> => {
    const brand = managed(request);
    const { webhook: url, key } = await rules.outgoing(brand);
    if (url === null || !key) throw new Fault('not_found', 'there is no webhook yet');
    const now = clock();
    const taken = await own.post({ url, key }, `rule_test_${own.id()}`, testOf(brand, now), now).then(
      () => true,
      () => false,
    );
    await noted(request, parts, brand, 'rules.webhook_tested', { taken });
    if (!taken || !(await rules.prove(brand, url, now)))
      throw new Fault('unreachable', 'the webhook did not take the test');
    return webhookBody(await rules.outgoing(brand))!;
  });
}

/** @throws Fault trade_forbids */
function requireTrade({ body: { sector } }: BrandRecord): void {
  if (!POLICIES[sector].outgoingRules) throw new Fault('trade_forbids');
}

/** What the audit log keeps of a rule. */
function aboutOf({ id, rule }: RuleRecord) {
  return { rule: id, ...conditionOf(rule), days: rule.days, perDay: rule.perDay };
}

function conditionOf({ kinds, count, window }: RuleRecord['rule']) {
  return { kinds: [...kinds], count, window };
}

function idOf(request: FastifyRequest): number {
  const { id } = request.params as { id: string };
  if (!/^[1-9]\d{0,8}$/.test(id)) throw new Fault('not_found', 'there is no such rule');
  return Number(id);
}
