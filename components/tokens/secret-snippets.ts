import type { Text } from "@/lib/text/text";

/** What to do with a new secret, place by place. */
export interface SecretSnippet {
  value: "curl" | "env" | "github" | "gitlab" | "kubernetes";
  label: string;
  /** What to do with each code. */
  parts: readonly { text: string; label: string; code: string }[];
}

/** Ready-made lines for a secret. Where a command would keep it in the history of a shell, it is asked for instead. */
export function secretSnippets(origin: string, secret: string, text: Text): SecretSnippet[] {
  const call = `curl --fail-with-body \\
  -H "Authorization: Bearer $PRAXIS_TOKEN" \\
  "$PRAXIS_URL/identity/tokens/self"`;
  return [
    {
      value: "curl",
      label: "curl",
      parts: [
        {
          text: text("Try it: answers with the token's own name, scopes and expiry."),
          label: text("curl command"),
          code: `curl ${origin}/identity/tokens/self \\\n  -H "Authorization: Bearer ${secret}"`,
        },
      ],
    },
    {
      value: "env",
      label: ".env",
      parts: [
        {
          text: text("A file that git ignores and only you can read."),
          label: text(".env file"),
          code: envFile(origin, secret),
        },
      ],
    },
    {
      value: "github",
      label: text("GitHub Actions"),
      parts: [
        {
          text: text("In the repository; it asks for the secret."),
          label: text("gh command"),
          code: "gh secret set PRAXIS_TOKEN",
        },
        {
          text: text("A step of a job:"),
          label: text("GitHub Actions step"),
          code: `- name: Call Praxis
  env:
    PRAXIS_URL: ${origin}
    PRAXIS_TOKEN: \${{ secrets.PRAXIS_TOKEN }}
  run: |
${indented(call, 4)}`,
        },
      ],
    },
    {
      value: "gitlab",
      label: text("GitLab"),
      parts: [
        {
          text: text("Settings → CI/CD → Variables: add PRAXIS_TOKEN, masked and hidden. Then, in .gitlab-ci.yml:"),
          label: text("GitLab job"),
          code: `praxis:
  variables:
    PRAXIS_URL: ${origin}
  script:
    - |
${indented(call, 6)}`,
        },
      ],
    },
    {
      value: "kubernetes",
      label: text("Kubernetes"),
      parts: [
        {
          text: text("Paste the secret, then press Ctrl-D twice."),
          label: text("kubectl command"),
          code: "kubectl create secret generic praxis --from-file=token=/dev/stdin",
        },
        {
          text: text("In a container:"),
          label: text("Kubernetes container"),
          code: `env:
  - name: PRAXIS_URL
    value: ${origin}
  - name: PRAXIS_TOKEN
    valueFrom:
      secretKeyRef: { name: praxis, key: token }`,
        },
      ],
    },
  ];
}

/** The contents of a `.env` file. */
export function envFile(origin: string, secret: string): string {
  return `PRAXIS_URL=${origin}\nPRAXIS_TOKEN=${secret}`;
}

function indented(text: string, spaces: number): string {
  return text.replace(/^/gm, " ".repeat(spaces));
}
