import { chanceOf } from './chance.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Events a second at a middling hour. */
const MIDDLING = 3.8;
const LEAST = 3;
const MOST = 6;

/** A few minutes in which everybody talks. */
export interface Burst {
  /** 0 (none) to 1. */
  readonly strength: number;
  /** How it feels: −1 angry to 1 delighted. */
  readonly mood: number;
}

const SLOT = 40 * MINUTE;
const CALM: Burst = { strength: 0, mood: 0 };

/** The burst at an instant (ms), which rises at once and dies away. */
export function burstAt(seed: number, at: number): Burst {
  const slot = Math.floor(at / SLOT);
  for (const candidate of [slot, slot - 1]) {
    const chance = chanceOf(seed, 11, candidate);
    if (chance() > 0.6) continue;
    const start = candidate * SLOT + chance() * SLOT;
    const length = (4 + chance() * 10) * MINUTE;
    const peak = 0.4 + 0.6 * chance();
    const mood = chance() < 0.65 ? 0.5 + chance() / 2 : -0.5 - chance() / 2;
    const past = (at - start) / length;
    if (past >= 0 && past < 1) return { strength: peak * (1 - past) ** 1.5, mood };
  }
  return CALM;
}

/** Mood of the day and hour, −1 to 1, without bursts. */
export function moodAt(seed: number, at: number): number {
  const swing = (period: number, phase: number) => Math.sin((2 * Math.PI * at) / period + phase);
  const phase = chanceOf(seed, 12)() * 6;
  return (
    0.4 * swing(2.3 * HOUR, phase) + 0.35 * swing(0.45 * HOUR, 2 * phase) + 0.25 * swing(5.2 * DAY, phase)
  );
}

/** Events a second at an instant (ms): 3 to 6, lowest at 4 in the morning, highest at 8 in the evening. */
export function liveRate(seed: number, at: number): number {
  const rate = MIDDLING * dayRhythm(at) + 2.4 * burstAt(seed, at).strength;
  return Math.min(MOST, Math.max(LEAST, rate));
}

/** 0.7 to 1.3 over the day in French winter time, a little more at the week-end. */
function dayRhythm(at: number): number {
  const local = at + HOUR;
  const hour = (local % DAY) / HOUR;
  const evening = Math.cos((2 * Math.PI * (hour - 20)) / 24);
  const noon = Math.cos((4 * Math.PI * (hour - 12.5)) / 24);
  const weekday = Math.floor(local / DAY + 4) % 7;
  return (1 + 0.2 * evening + 0.08 * noon) * (weekday === 0 || weekday === 6 ? 1.06 : 1);
}

/** Events a second of the last day and of older days, as they are told afterwards. */
const TODAY = 0.36;
const OLDER = 48 / 3_600;

/**
 * Events a second at `at` when they are told at `now` (both ms). What happened a moment ago is told
 * whole; the older, the thinner, so that thirty days fit in a few seconds.
 */
export function toldRate(seed: number, at: number, now: number): number {
  const hours = Math.max(0, (now - at) / HOUR - 0.2);
  const live = liveRate(seed, at);
  if (hours === 0) return live;
  const usual = dayRhythm(at) * (1 + 0.8 * burstAt(seed, at).strength);
  const fading = 2 ** (-Math.max(0, hours - 25) / 4);
  return Math.max(live * 2 ** -hours, Math.max(TODAY * fading, OLDER) * usual);
}
