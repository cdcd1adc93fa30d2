/** Counts this process's own time in milliseconds: what others do on the machine doesn't count. */
export function startOwnTimer(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
}

/** The own time of some work, the least of several. */
export function ownTime(work: () => void, times = 3): number {
  const each = Array.from({ length: times }, () => {
    const passed = startOwnTimer();
    work();
    return passed();
  });
  return Math.min(...each);
}
