import { type Counter, register } from 'prom-client';

/** How many were counted so far, as `/metrics` tells; all apps of a test count into one. */
export async function counted(kind: string, channel: string, outcome: string): Promise<number> {
  const counter = register.getSingleMetric('cordee_deliveries_total') as Counter;
  const { values } = await counter.get();
  const isAsked = (labels: Partial<Record<string, string | number>>) =>
    labels.kind === kind && labels.channel === channel && labels.outcome === outcome;
  return values.find(({ labels }) => isAsked(labels))?.value ?? 0;
}
