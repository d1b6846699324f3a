import { Chart, LineController, LineElement, LinearScale, PointElement } from 'chart.js';
import { linesAt } from './data.ts';

/** The same lines by chart.js alone, tuned as its own documentation says. */
export function bareCharts(into: HTMLElement): (update: number) => void {
  Chart.register(LinearScale, LineController, LineElement, PointElement);
  const charts = linesAt(0).map((line) => {
    const box = document.createElement('div');
    box.className = 'chart';
    const canvas = document.createElement('canvas');
    box.append(canvas);
    into.append(box);
    return new Chart<'line', { x: number; y: number }[]>(canvas, {
      type: 'line',
      data: { datasets: [{ data: [], borderColor: '#0c5f5a', borderWidth: 2.25 }] },
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        elements: { point: { radius: 0 } },
        scales: {
          x: { type: 'linear', min: line.from, max: line.to },
          y: { type: 'linear', min: 0, max: line.top },
        },
      },
    });
  });
  return (update) => {
    linesAt(update).forEach((line, i) => {
      const chart = charts[i]!;
      chart.data.datasets[0]!.data = line.at.map((x, at) => ({ x, y: line.values[at] ?? 0 }));
      Object.assign(chart.options.scales!['x']!, { min: line.from, max: line.to });
      chart.update('none');
    });
  };
}
