/** What listens at a network for one source. */
export interface Listener {
  /** Whom to listen to may have changed. */
  refresh(): void;
  /** Does it hear the network now, and whom does it listen to? */
  readonly state: { readonly connected: boolean; readonly fans: number | null };
  /** End it, and wait for what is under way. */
  stop(): Promise<void>;
}
