"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { FailureBanner } from "@/components/ui/failure-banner";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import { useSubmission } from "@/components/ui/use-submission";
import type { RevokeRow, TokenView } from "@/lib/tokens/schema";
import type { FoundToken, RevokeFoundToken } from "./found-token";
import { reasonAgainst } from "./permission";
import { TokenStatusBadge } from "./token-status-badge";

interface FoundTokenResultProps {
  found: FoundToken;
  revoke: RevokeFoundToken;
  onAgain: () => void;
  onClose: () => void;
}

/** Which token it is, whether it is still dangerous, and the button that ends that. */
export function FoundTokenResult({ found, revoke, onAgain, onClose }: FoundTokenResultProps) {
  const { token, context, canRevoke } = found;
  const body = useRef<HTMLDivElement>(null);
  const [outcome, setOutcome] = useState<RevokeRow["outcome"] | null>(null);
  const { pending, failure, submit } = useSubmission({
    send: revoke,
    onDone: (done) => setOutcome(done.outcome),
    lost: "The server did not answer, so the token may still work. Try again: revoking twice does no harm.",
  });
  const works = token.status !== "revoked" && token.status !== "expired" && outcome === null;

  // What was just learned is read out first: which token it is, that it is revoked, or that it is not.
  useEffect(() => {
    const heard = failure === null ? outcome : failure;
    const alerts = body.current?.querySelectorAll<HTMLElement>("[role=alert]");
    alerts?.item(heard === null ? 0 : alerts.length - 1).focus();
  }, [outcome, failure]);

  return (
    <>
      <OverlayBody>
        <div ref={body} className="grid gap-4">
          <Verdict found={found} outcome={outcome} />
          <FailureBanner title="Not revoked" failure={failure} />
          <Facts found={found} revoked={outcome === "revoked"} />
        </div>
      </OverlayBody>
      <OverlayFooter>
        <Button variant="ghost" className="-ml-3 mr-auto" onClick={onAgain}>
          Look up another
        </Button>
        {works ? (
          <Button
            variant="danger"
            pending={pending}
            pendingLabel="Revoking…"
            disabledReason={reasonAgainst(canRevoke)}
            onClick={() => submit({ context, id: token.id })}
          >
            Revoke as compromised
          </Button>
        ) : (
          <Button onClick={onClose}>Close</Button>
        )}
      </OverlayFooter>
    </>
  );
}

interface VerdictProps {
  found: FoundToken;
  outcome: RevokeRow["outcome"] | null;
}

function Verdict({ found, outcome }: VerdictProps) {
  const { token, canRevoke } = found;
  if (outcome === "revoked")
    return (
      <Banner tone="success" title="Revoked as compromised" announce>
        Calls with it are refused from this moment. Look at what was done with it, then give its program a new token.
      </Banner>
    );
  if (outcome !== null)
    return (
      <Banner title="It was revoked meanwhile" announce>
        Calls with it are refused.
      </Banner>
    );
  if (token.status === "revoked")
    return (
      <Banner title="It is revoked already" announce>
        Calls with it are refused. It was revoked{" "}
        {token.revokedAt !== null && <RelativeTime at={token.revokedAt} now={found.now} />}, as{" "}
        {token.revokedReason ?? "other"}, by {token.revokedBy?.name ?? "the system"}.
        {token.revokedNote !== null && <span className="mt-1 block wrap-anywhere text-muted">{token.revokedNote}</span>}
      </Banner>
    );
  if (token.status === "expired")
    return (
      <Banner title="It has expired" announce>
        Calls with it are refused, so there is nothing to revoke.
      </Banner>
    );
  return (
    <Banner tone="warning" title={`It is “${token.name}”, and it works`} announce>
      Whoever has seen the secret can use it.{" "}
      {canRevoke.allowed
        ? "Revoking cannot be undone, and its program stops until it has a new token."
        : canRevoke.reason}
    </Banner>
  );
}

function Facts({ found: { token, context, place, href, now }, revoked }: { found: FoundToken; revoked: boolean }) {
  return (
    <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-4 gap-y-2.5">
      <Fact name="Token">
        <span className="mr-2 font-medium wrap-anywhere">{token.name}</span>
        <code className="font-mono text-xs text-muted">{token.hint}</code>
      </Fact>
      <Fact name="Status">
        <TokenStatusBadge status={revoked ? "revoked" : token.status} />
      </Fact>
      <Fact name={context === null ? "Owner" : "Tenant"}>
        <span className="mr-2 wrap-anywhere">{place}</span>
        <TextLink href={href}>Open</TextLink>
      </Fact>
      <Fact name="Created">
        <RelativeTime at={token.createdAt} now={now} /> by {token.createdBy.name}
        {!token.createdBy.active && <span className="text-muted"> (disabled)</span>}
      </Fact>
      <Fact name="Last used">
        {token.lastUsedAt === null ? (
          <span className="text-muted">Never</span>
        ) : (
          <>
            <RelativeTime at={token.lastUsedAt} now={now} />
            {token.lastUsedIp !== null && <> from {token.lastUsedIp}</>}
          </>
        )}
      </Fact>
      <Fact name="Scopes">
        {token.kind === "personal" ? "All that its owner may do" : <Scopes scopes={token.scopes} />}
      </Fact>
    </dl>
  );
}

function Scopes({ scopes }: Pick<TokenView, "scopes">) {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1">
      {scopes.map((scope) => (
        <li key={scope} className="font-mono text-xs leading-5">
          {scope}
        </li>
      ))}
    </ul>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
