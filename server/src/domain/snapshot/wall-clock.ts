/**
 * The wall clock of a zone, without offset, as `2026-10-25T02:30:00`: what a person there would write.
 * In autumn one hour comes twice; the UTC instant tells them apart.
 * @param zone IANA name @returns for an instant in milliseconds since 1970
 */
export function wallClock(zone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:${part['second']}`;
  };
}
