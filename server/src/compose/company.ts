import type { CompanyFetch } from '../accounts/company.ts';
import type { Config } from '../config.ts';
import type { CompanySignIn } from '../domain/accounts/company.ts';
import { connectTo, createCaller, type Caller } from '../outgoing/call.ts';
import type { Clock } from '../parts.ts';

/** Where a company's sign-in comes back to, below the public address. */
const BACK = '/api/auth/company/callback';

/** A company's own sign-in, spoken to by the rules of calls to other servers; `null` without one. */
export async function createCompany(
  { company, publicUrl }: Config,
  clock: Clock,
): Promise<CompanySignIn | null> {
  if (!company) return null;
  const { createCompanySignIn } = await import('../accounts/company.ts');
  const call = createCaller(company.inside ? connectTo(new URL(company.issuer).origin) : undefined);
  return createCompanySignIn(company, `${publicUrl}${BACK}`, fetchBy(call), clock);
}

/** `fetch` as far as such a sign-in needs it. */
function fetchBy(call: Caller): CompanyFetch {
  return async (url, { method, headers, body }) => {
    const answer = await call({
      method: method === 'POST' ? 'POST' : 'GET',
      url,
      headers,
      ...(body instanceof URLSearchParams ? { form: Object.fromEntries(body) } : {}),
    });
    return new Response(answer.text === '' ? null : answer.text, {
      status: answer.status,
      headers: { 'content-type': answer.headers['content-type'] ?? '' },
    });
  };
}
