/** Keeps the screen from sleeping as long as the page is seen. @returns lets it sleep */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let over = false;
  const hold = async () => {
    if (document.hidden || over || (lock && !lock.released)) return;
    try {
      lock = await navigator.wakeLock.request('screen');
      if (over) await lock.release();
    } catch {
      // Not offered here, or refused: televisions mostly stay on by themselves.
    }
  };
  const seen = () => void hold();
  if ('wakeLock' in navigator) {
    seen();
    document.addEventListener('visibilitychange', seen);
  }
  return () => {
    over = true;
    document.removeEventListener('visibilitychange', seen);
    void lock?.release();
  };
}
