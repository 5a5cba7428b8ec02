"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { useText } from "#text";
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
  const text = useText();
  const { token, context, canRevoke } = found;
  const body = useRef<HTMLDivElement>(null);
  const [outcome, setOutcome] = useState<RevokeRow["outcome"] | null>(null);
  const { pending, failure, submit } = useSubmission({
    send: revoke,
    onDone: (done) => setOutcome(done.outcome),
    lost: text("The server did not answer, so the token may still work. Try again: revoking twice does no harm."),
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
          <FailureBanner title={text("Not revoked")} failure={failure} />
          <Facts found={found} revoked={outcome === "revoked"} />
        </div>
      </OverlayBody>
      <OverlayFooter>
        <Button variant="ghost" className="-ml-3 mr-auto" onClick={onAgain}>
          {text("Look up another")}
        </Button>
        {works ? (
          <Button
            variant="danger"
            pending={pending}
            pendingLabel={text("Revoking…")}
            disabledReason={reasonAgainst(canRevoke)}
            onClick={() => submit({ context, id: token.id })}
          >
            {text("Revoke as compromised")}
          </Button>
        ) : (
          <Button onClick={onClose}>{text("Close")}</Button>
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
  const text = useText();
  const { token, canRevoke } = found;
  if (outcome === "revoked")
    return (
      <Banner tone="success" title={text("Revoked as compromised")} announce>
        {text(
          "Calls with it are refused from this moment. Look at what was done with it, then give its program a new token.",
        )}
      </Banner>
    );
  if (outcome !== null)
    return (
      <Banner title={text("It was revoked meanwhile")} announce>
        {text("Calls with it are refused.")}
      </Banner>
    );
  if (token.status === "revoked")
    return (
      <Banner title={text("It is revoked already")} announce>
        {text.rich(
          "Calls with it are refused. It was revoked {time}, as {reason, select, compromised {compromised} rotated {rotated} unused {unused} offboarding {offboarding} other {other}}, by {by, select, system {the system} other {{name}}}.",
          {
            time: token.revokedAt !== null && <RelativeTime at={token.revokedAt} now={found.now} />,
            reason: token.revokedReason ?? "other",
            by: token.revokedBy === null ? "system" : "user",
            name: token.revokedBy?.name,
          },
        )}
        {token.revokedNote !== null && <span className="mt-1 block wrap-anywhere text-muted">{token.revokedNote}</span>}
      </Banner>
    );
  if (token.status === "expired")
    return (
      <Banner title={text("It has expired")} announce>
        {text("Calls with it are refused, so there is nothing to revoke.")}
      </Banner>
    );
  return (
    <Banner tone="warning" title={text("It is “{name}”, and it works", { name: token.name })} announce>
      {text("Whoever has seen the secret can use it.")}{" "}
      {canRevoke.allowed
        ? text("Revoking cannot be undone, and its program stops until it has a new token.")
        : canRevoke.reason}
    </Banner>
  );
}

function Facts({ found: { token, context, place, href, now }, revoked }: { found: FoundToken; revoked: boolean }) {
  const text = useText();
  return (
    <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-4 gap-y-2.5">
      <Fact name={text("Token")}>
        <span className="mr-2 font-medium wrap-anywhere">{token.name}</span>
        <code className="font-mono text-xs text-muted">{token.hint}</code>
      </Fact>
      <Fact name={text("Status")}>
        <TokenStatusBadge status={revoked ? "revoked" : token.status} />
      </Fact>
      <Fact name={context === null ? text("Owner") : text("Tenant")}>
        <span className="mr-2 wrap-anywhere">{place}</span>
        <TextLink href={href}>{text("Open")}</TextLink>
      </Fact>
      <Fact name={text("Created")}>
        {text.rich("{time} by {name}", {
          time: <RelativeTime at={token.createdAt} now={now} />,
          name: token.createdBy.name,
        })}
        {!token.createdBy.active && <span className="text-muted"> {text("(disabled)")}</span>}
      </Fact>
      <Fact name={text("Last used")}>
        {token.lastUsedAt === null ? (
          <span className="text-muted">{text("Never")}</span>
        ) : token.lastUsedIp === null ? (
          <RelativeTime at={token.lastUsedAt} now={now} />
        ) : (
          text.rich("{time} from {address}", {
            time: <RelativeTime at={token.lastUsedAt} now={now} />,
            address: token.lastUsedIp,
          })
        )}
      </Fact>
      <Fact name={text("Scopes")}>
        {token.kind === "personal" ? text("All that its owner may do") : <Scopes scopes={token.scopes} />}
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
