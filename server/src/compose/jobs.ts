/** Work that goes on by itself while the server runs. */
export interface Job {
  start(): void;
  /** End it, and wait for what is under way. Safe when it never started. */
  stop(): Promise<void>;
}

/** Jobs as one: started in order, ended together. */
export function allJobs(jobs: readonly Job[]): Job {
  return {
    start: () => jobs.forEach((job) => job.start()),
    stop: async () => {
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}
