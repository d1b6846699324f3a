import { EventEmitter } from 'node:events';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { mergeRepeatedSignals } from './signals.ts';

describe('repeated signals', () => {
  let source: EventEmitter;
  let seen: (string | number)[];
  const emit = async (signal: string): Promise<void> => {
    source.emit(signal);
    await turn();
  };

  beforeEach(() => {
    seen = [];
    source = new EventEmitter();
    mergeRepeatedSignals(source, (code) => seen.push(code));
  });

  it('end the process as usual while nobody else listens', async () => {
    await emit('SIGINT');
    await emit('SIGTERM');
    expect(seen).toEqual([130, 143]);
  });

  it('reach the server once when they come together', async () => {
    source.on('SIGINT', () => seen.push('server'));
    await emit('SIGINT');
    await emit('SIGINT');
    expect(seen).toEqual(['server']);
  });

  it('reach the server again after a second: that is impatience', async () => {
    source.on('SIGINT', () => seen.push('server'));
    await emit('SIGINT');
    await wait(1050);
    await emit('SIGINT');
    await emit('SIGINT');
    expect(seen).toEqual(['server', 'server']);
  });

  it('never fall back to ending the process while a listener that listens once does its work', async () => {
    source.once('SIGTERM', () => seen.push('server'));
    await emit('SIGTERM');
    await emit('SIGTERM');
    await wait(1050);
    await emit('SIGTERM');
    expect(seen).toEqual(['server']);
  });
});
