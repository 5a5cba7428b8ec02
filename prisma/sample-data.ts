import type { Prisma } from "@/lib/db/generated/client";

/** Realistic things for a first look: what a platform team's tenant might hold. */

export const sampleDatasets = ["host-metrics", "kubernetes", "checkout-latency", "edge-devices"];

/** Pipelines of one tenant, in the shape of the pipelines table. */
export function samplePipelines(region: string) {
  const endpoint = `https://otlp.${region}.acme.example`;
  return [
    pipeline("host-metrics", "metrics", "CPU, memory and disk of every host", "hostmetrics", `${endpoint}/metrics`),
    pipeline("kubernetes-events", "logs", "Cluster events and pod logs", "k8s_events", `${endpoint}/logs`),
    pipeline("checkout-traces", "traces", "Spans of the checkout, tail-sampled", "otlp", `${endpoint}/traces`, {
      sampling: { policy: "tail", keepErrors: true, percentage: 10 },
    }),
    pipeline("nginx-access", "logs", "Edge access logs without query strings", "filelog", "s3://acme-logs/nginx", {
      redact: ["http.request.query"],
    }),
    pipeline("postgres-slow-queries", "logs", "Statements over 250 ms", "postgresql", `${endpoint}/logs`, {
      minimumDurationMilliseconds: 250,
    }),
    pipeline("payments-audit", "logs", "Payment events for compliance", "kafka", "s3://acme-compliance/payments"),
    pipeline("edge-devices", "metrics", "Point-of-sale terminals, one point a minute", "mqtt", `${endpoint}/metrics`),
    {
      ...pipeline(
        "legacy-syslog",
        "logs",
        "Switched off when the last rack was retired",
        "syslog",
        "s3://acme-logs/syslog",
      ),
      enabled: false,
    },
  ];
}

function pipeline(
  name: string,
  signal: "metrics" | "logs" | "traces",
  description: string,
  source: string,
  destination: string,
  configuration: Prisma.InputJsonObject = {},
) {
  return { name, signal, description, source, destination, configuration: configuration, enabled: true };
}
