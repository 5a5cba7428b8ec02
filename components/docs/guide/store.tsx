import { TextLink } from "@/components/ui/text-link";
import { Snippet } from "../example";
import { Code, List, P, Section, Subsection } from "../prose";

/** Where the secret goes, by environment. */
export function Store() {
  return (
    <Section id="store" title="Store the secret">
      <P>
        Whoever has the secret is the program. Praxis keeps only a hash of it and cannot show it again. Keep it out of
        source code, command lines, URLs, logs and chats; the prefix <Code>pxt_</Code> lets secret scanners find it
        where it should not be. Each command below takes the secret from you or from standard input, so that it does not
        end up in the history of your shell.
      </P>
      <Subsection id="store-local" title="On your machine">
        <P>
          A <Code>.env</Code> file that git ignores and only you can read:
        </P>
        <Snippet
          label="shell commands for a .env file"
          code={`echo .env >> .gitignore
touch .env && chmod 600 .env
# in .env:  PRAXIS_TOKEN=pxt_…
set -a; . ./.env; set +a`}
        />
      </Subsection>
      <Subsection id="store-github" title="GitHub Actions">
        <P>Store it as a secret of the repository or, better, of one environment; the command asks for the value.</P>
        <Snippet label="command to set a GitHub secret" code="gh secret set PRAXIS_TOKEN --env production" />
        <Snippet
          label="GitHub Actions workflow"
          code={`jobs:
  deploy:
    environment: production
    runs-on: ubuntu-latest
    steps:
      - run: ./deploy.sh
        env:
          PRAXIS_TOKEN: \${{ secrets.PRAXIS_TOKEN }}`}
        />
      </Subsection>
      <Subsection id="store-gitlab" title="GitLab CI">
        <P>
          Under <strong>Settings → CI/CD → Variables</strong> add <Code>PRAXIS_TOKEN</Code> with visibility{" "}
          <em>Masked and hidden</em> and the flag <em>Protect variable</em>. Jobs on protected branches then find it in
          their environment:
        </P>
        <Snippet
          label="GitLab CI job"
          code={`deploy:
  rules:
    - if: $CI_COMMIT_REF_PROTECTED == "true"
  script:
    - ./deploy.sh   # reads $PRAXIS_TOKEN`}
        />
      </Subsection>
      <Subsection id="store-kubernetes" title="Kubernetes">
        <Snippet
          label="command to create a Kubernetes secret"
          code="kubectl create secret generic praxis --from-file=token=/dev/stdin   # paste, then Ctrl-D twice"
        />
        <Snippet
          label="Kubernetes container"
          code={`containers:
  - name: exporter
    env:
      - name: PRAXIS_TOKEN
        valueFrom:
          secretKeyRef: { name: praxis, key: token }`}
        />
        <P>
          Restrict who may read secrets in the namespace, and have the cluster encrypt them at rest: base64 is not
          encryption.
        </P>
      </Subsection>
      <Subsection id="store-docker" title="Docker">
        <P>Never in an image: a layer keeps it for good. Compose hands it to the container as a file:</P>
        <Snippet
          label="Compose file"
          code={`services:
  exporter:
    image: exporter
    secrets: [praxis_token]   # /run/secrets/praxis_token
secrets:
  praxis_token:
    environment: PRAXIS_TOKEN`}
        />
        <P>
          For a single container, <Code>docker run --env PRAXIS_TOKEN exporter</Code> takes the value from your
          environment without writing it in the command.
        </P>
      </Subsection>
      <Subsection id="store-vault" title="HashiCorp Vault">
        <Snippet
          label="Vault commands"
          code={`vault kv put -mount=secret praxis/exporter token=-   # paste, then Ctrl-D twice
export PRAXIS_TOKEN=$(vault kv get -mount=secret -field=token praxis/exporter)`}
        />
      </Subsection>
      <Subsection id="leaked" title="If it leaked">
        <List>
          <li>
            Revoke it at once, with the reason “Compromised”. The very next call with it is refused. Which token it is,{" "}
            <TextLink href="#found-secret">its secret tells</TextLink>.
          </li>
          <li>
            Look at its last use, time and address, and at the audit log, for what was done with it. Then create another
            and find out how it got out.
          </li>
        </List>
      </Subsection>
    </Section>
  );
}
