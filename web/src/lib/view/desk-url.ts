import { isWindow, type Comparison, type WindowName } from '@fanfare/contract';

export type Against = Comparison['with'] | 'none';
export type LineMetric = 'engagements' | 'reach';

/** What a desk shows: all of it is in the address. */
export interface DeskView {
  readonly window: WindowName;
  readonly against: Against;
  readonly metric: LineMetric;
  /** The screen stands still. */
  readonly paused: boolean;
}

export const AGAINST: readonly Against[] = ['previous', 'week', 'none'];
export const DEFAULT_VIEW: DeskView = {
  window: '1h',
  against: 'previous',
  metric: 'engagements',
  paused: false,
};

/** Read the view from a query; what is missing or unknown is the default. */
export function viewOf(query: Pick<URLSearchParams, 'get'>): DeskView {
  const window = query.get('window');
  const against = query.get('compare');
  return {
    window: isWindow(window) ? window : DEFAULT_VIEW.window,
    against: AGAINST.find((name) => name === against) ?? DEFAULT_VIEW.against,
    metric: query.get('metric') === 'reach' ? 'reach' : 'engagements',
    paused: query.get('pause') === '1',
  };
}

/** The query of a view, `?` included; defaults are left out. */
export function queryOf(view: DeskView): string {
  const query = new URLSearchParams();
  if (view.window !== DEFAULT_VIEW.window) query.set('window', view.window);
  if (view.against !== DEFAULT_VIEW.against) query.set('compare', view.against);
  if (view.metric !== DEFAULT_VIEW.metric) query.set('metric', view.metric);
  if (view.paused) query.set('pause', '1');
  const text = query.toString();
  return text === '' ? '?' : `?${text}`;
}
