import type { BiBody, MadeBiAccess } from '@fanfare/contract';
import { m } from '#lib/paraglide/messages.js';

/** How one tool is connected: what to do, one step a line, and what to copy. */
export interface Tool {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly string[];
  readonly copy: readonly { readonly label: string; readonly text: string }[];
}

const lines = (text: string): readonly string[] => text.split('\n');

/** Tools in the order of the page. @param made the way in that was just made: its values fill the texts */
export function toolsOf({ database, odata }: BiBody, made: MadeBiAccess | null): readonly Tool[] {
  const { host, port, database: name } = database;
  const user = made?.role ?? m.bi_put_role();
  const password = made?.kind === 'role' ? made.secret : m.bi_put_password();
  const csv = made?.kind === 'key' ? made.secret.replace('VIEW', 'reach_daily') : m.bi_put_address();
  const jdbc = `jdbc:postgresql://${host}:${port}/${name}`;
  const attach = `host=${host} port=${port} dbname=${name} user=${user} password=${password}`;
  const feed = { label: m.bi_odata(), text: odata };
  return [
    {
      id: 'excel',
      name: 'Excel',
      steps: lines(m.bi_steps_excel()),
      copy: [feed],
    },
    { id: 'powerbi', name: 'Power BI', steps: lines(m.bi_steps_powerbi()), copy: [feed] },
    {
      id: 'tableau',
      name: 'Tableau',
      steps: lines(m.bi_steps_tableau()),
      copy: [{ label: m.bi_server(), text: `${host}:${port}` }, feed],
    },
    {
      id: 'metabase',
      name: 'Metabase',
      steps: lines(m.bi_steps_metabase()),
      copy: [{ label: m.bi_connection(), text: `postgresql://${user}:${password}@${host}:${port}/${name}` }],
    },
    {
      id: 'microstrategy',
      name: 'MicroStrategy',
      steps: lines(m.bi_steps_microstrategy()),
      copy: [{ label: 'JDBC', text: jdbc }, feed],
    },
    {
      id: 'duckdb',
      name: 'DuckDB',
      steps: lines(m.bi_steps_duckdb()),
      copy: [
        {
          label: 'SQL',
          text: `INSTALL postgres;\nLOAD postgres;\nATTACH '${attach}' AS fanfare (TYPE postgres, READ_ONLY);\nSELECT day, active_fans, engagements FROM fanfare.bi.reach_daily ORDER BY day;`,
        },
      ],
    },
    {
      id: 'sheets',
      name: 'Google Sheets',
      steps: lines(m.bi_steps_sheets()),
      copy: [{ label: m.bi_formula(), text: `=IMPORTDATA("${csv}")` }],
    },
  ];
}

const VIEWS: Readonly<Record<string, () => string>> = {
  engagement_hourly: () => m.bi_view_engagement_hourly(),
  reach_daily: () => m.bi_view_reach_daily(),
  sentiment_daily: () => m.bi_view_sentiment_daily(),
  influence_daily: () => m.bi_view_influence_daily(),
  consent_daily: () => m.bi_view_consent_daily(),
  definitions: () => m.bi_view_definitions(),
};

/** What a view holds, in the language of the page; one it does not know in the database's words. */
export function viewText({ name, comment }: BiBody['views'][number]): string {
  return VIEWS[name]?.() ?? comment;
}
