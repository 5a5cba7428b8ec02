"use client";

import { clsx } from "clsx";
import type { ReactNode } from "react";
import { useText } from "#text";
import { CopyButton } from "@/components/ui/copy-button";
import { utcDay } from "@/components/ui/dates";
import { Popover } from "@/components/ui/popover";
import { RelativeTime } from "@/components/ui/relative-time";
import { permissionSet } from "@/lib/access/permission-sets";
import type { TokenView } from "@/lib/tokens/schema";
import type { NamedResource } from "../create-token-form";
import { DetailCard } from "./detail-card";

interface TokenOverviewProps {
  token: TokenView;
  now: string;
  /** The names of what the token is limited to, as far as it still exists. */
  limitNames: { datasets: readonly NamedResource[]; pipelines: readonly NamedResource[] };
}

/** The facts of a token, all but its scopes and its use. */
export function TokenOverview({ token, now, limitNames }: TokenOverviewProps) {
  const text = useText();
  const when = (at: string) => <RelativeTime at={at} now={now} />;
  return (
    <DetailCard title={text("Overview")}>
      {token.description !== "" && <p className="mb-4 max-w-3xl wrap-anywhere">{token.description}</p>}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3.5 lg:grid-cols-4">
        <Fact name={text("Token ID")} wide>
          <span className="flex items-center gap-1">
            <code className="font-mono text-xs wrap-anywhere">{token.id}</code>
            <CopyButton text={token.id} label={text("Copy token ID")} size="icon" className="-my-2 shrink-0" />
          </span>
        </Fact>
        <Fact
          name={text("Created")}
          more={
            token.createdBy.active
              ? text("by {name}", { name: token.createdBy.name })
              : text("by {name} (disabled)", { name: token.createdBy.name })
          }
        >
          {when(token.createdAt)}
        </Fact>
        <Fact
          name={text("Expires")}
          {...(token.expiresAt !== null && {
            more: text("on {day} (UTC)", { day: utcDay(Date.parse(token.expiresAt), text) }),
          })}
        >
          {token.expiresAt === null ? text("Never") : when(token.expiresAt)}
        </Fact>
        <Fact name={text("Permission set")}>
          {token.permissionSet === null ? text("Custom") : text.known(permissionSet(token.permissionSet).label)}
        </Fact>
        <Fact
          name={text("Last used")}
          {...(token.lastUsedIp !== null && {
            more: <span className="font-mono">{text("from {address}", { address: token.lastUsedIp })}</span>,
          })}
        >
          {token.lastUsedAt === null ? <Muted>{text("Never")}</Muted> : when(token.lastUsedAt)}
        </Fact>
        <Fact name={text("Last used by")} wide>
          {token.lastUsedAgent === null ? (
            <Muted>{token.lastUsedAt === null ? text("Nothing yet") : text("A program that did not say")}</Muted>
          ) : (
            <span className="wrap-anywhere">{token.lastUsedAgent}</span>
          )}
        </Fact>
        <Fact name={text("First used")}>
          {token.firstUsedAt === null ? <Muted>{text("Never")}</Muted> : when(token.firstUsedAt)}
        </Fact>
        <Fact name={text("Allowed addresses")}>
          {token.allowedCidrs.length === 0 ? (
            <Muted>{text("From anywhere")}</Muted>
          ) : (
            <Values name={text("Allowed addresses")} values={token.allowedCidrs} mono />
          )}
        </Fact>
        {(["datasets", "pipelines"] as const).map((kind) => {
          const ids = token.resources?.[kind];
          if (ids === undefined) return null;
          const names = limitNames[kind].filter(({ id }) => ids.includes(id)).map(({ name }) => name);
          const goneCount = ids.length - names.length;
          const limitedTo = kind === "datasets" ? text("Limited to datasets") : text("Limited to pipelines");
          return (
            <Fact
              key={kind}
              name={limitedTo}
              {...(goneCount > 0 && {
                more: text("{gone, number} of {all, number} chosen no longer exist", {
                  gone: goneCount,
                  all: ids.length,
                }),
              })}
            >
              {names.length === 0 ? (
                <Muted>{text("None of those chosen exists any more")}</Muted>
              ) : (
                <Values name={limitedTo} values={names} />
              )}
            </Fact>
          );
        })}
      </dl>
    </DetailCard>
  );
}

interface FactProps {
  name: string;
  more?: ReactNode;
  /** A line of its own where there is little room. */
  wide?: boolean;
  children: ReactNode;
}

function Fact({ name, more, wide = false, children }: FactProps) {
  return (
    <div className={clsx("min-w-0", wide && "max-lg:col-span-2")}>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="mt-0.5 min-w-0">
        {children}
        {more !== undefined && <span className="block text-xs text-muted wrap-anywhere">{more}</span>}
      </dd>
    </div>
  );
}

const shownValues = 4;

/** The first few values, and the others behind a button. */
function Values({ name, values, mono = false }: { name: string; values: readonly string[]; mono?: boolean }) {
  const text = useText();
  const moreCount = values.length - shownValues;
  const list = (shown: readonly string[]) =>
    shown.map((value) => (
      <span key={value} className={clsx("block wrap-anywhere", mono && "font-mono text-xs/5")}>
        {value}
      </span>
    ));
  return (
    <>
      {list(values.slice(0, shownValues))}
      {moreCount > 0 && (
        <Popover
          title={name}
          trigger={
            <button type="button" className="rounded-sm text-xs text-accent-text hover:underline">
              {text("and {count, number} more", { count: moreCount })}
            </button>
          }
        >
          <section
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
            tabIndex={0}
            aria-label={name}
            className="max-h-60 overflow-y-auto rounded-md"
          >
            {list(values)}
          </section>
        </Popover>
      )}
    </>
  );
}

function Muted({ children }: { children: ReactNode }) {
  return <span className="text-muted">{children}</span>;
}
