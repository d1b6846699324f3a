import { performance } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { WindowName } from '@fanfare/contract';
import type { BrandRef, Ledger, RecordBatch, Telemetry } from './parts.ts';

/** What is read off the process when somebody asks. */
export interface TelemetryReadings {
  /** Open live connections by transport. */
  readonly connections: () => Readonly<Record<string, number>>;
  readonly databaseReachable: () => boolean;
}

const OUTCOMES = ['counted', 'duplicate', 'refused', 'rejected', 'quarantined'] as const;

/** Counts of one process for Prometheus, in a registry of their own. No label names a person. */
export function createTelemetry(readings: TelemetryReadings): Telemetry {
  const registers = [new Registry()];
  const [registry] = registers;
  // Event loop lag, memory, CPU and garbage collection under the names dashboards know.
  collectDefaultMetrics({ register: registry! });
  const events = new Counter({
    name: 'fanfare_events_total',
    help: 'Events received through the HTTP door, by what became of them',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of OUTCOMES) events.inc({ outcome }, 0);
  const sizes = new Histogram({
    name: 'fanfare_batch_events',
    help: 'Engagements in one committed batch',
    buckets: [1, 4, 16, 64, 256, 1_024, 4_096],
    registers,
  });
  const durations = new Histogram({
    name: 'fanfare_batch_seconds',
    help: 'Duration of the transaction of one batch',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const frames = new Counter({
    name: 'fanfare_frames_total',
    help: 'Live frames published, each once however many watch',
    labelNames: ['window'],
    registers,
  });
  const connections = new Gauge({
    name: 'fanfare_connections',
    help: 'Open live connections',
    labelNames: ['transport'],
    registers,
    collect() {
      for (const [transport, count] of Object.entries(readings.connections())) this.set({ transport }, count);
    },
  });
  const reachable = new Gauge({
    name: 'fanfare_database_reachable',
    help: '1 when the database can be used, else 0',
    registers,
    collect() {
      this.set(readings.databaseReachable() ? 1 : 0);
    },
  });
  connections.reset();
  reachable.set(0);
  return {
    events(counts) {
      for (const outcome of OUTCOMES) if (counts[outcome] > 0) events.inc({ outcome }, counts[outcome]);
    },
    batch(size, seconds) {
      sizes.observe(size);
      durations.observe(seconds);
    },
    frame(window) {
      frames.inc({ window });
    },
    async print() {
      return { type: registry!.contentType, text: await registry!.metrics() };
    },
  };
}

/** Counts the frames of a live feed, however many watch them. */
export function framesCounted(telemetry: Telemetry) {
  return {
    publish: (_channel: string, window: WindowName) => telemetry.frame(window),
    heartbeat: () => undefined,
    drop: () => undefined,
  };
}

/** The same ledger, with the size and duration of each batch told. */
export function timed(ledger: Ledger, telemetry: Telemetry): Ledger {
  const telling =
    <A>(record: (brand: BrandRef, batch: RecordBatch) => Promise<A>) =>
    async (brand: BrandRef, batch: RecordBatch): Promise<A> => {
      const start = performance.now();
      const answer = await record(brand, batch);
      if (answer) telemetry.batch(batch.statements.length, (performance.now() - start) / 1_000);
      return answer;
    };
  return {
    ...ledger,
    record: telling((brand, batch) => ledger.record(brand, batch)),
    recordNew: telling((brand, batch) => ledger.recordNew(brand, batch)),
  };
}
