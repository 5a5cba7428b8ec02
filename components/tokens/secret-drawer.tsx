"use client";

import { type RefObject, useState } from "react";
import { useText } from "#text";
import { CodeBlock } from "@/components/ui/code-block";
import { ShowOnceDrawer } from "@/components/ui/show-once-drawer";
import { Tabs } from "@/components/ui/tabs";
import { TextLink } from "@/components/ui/text-link";
import { type CheckFirstUse, FirstUse } from "./first-use";
import { envFile, type SecretSnippet, secretSnippets } from "./secret-snippets";

/** A token's secret, fresh from the server. */
export interface IssuedSecret {
  tokenId: string;
  name: string;
  secret: string;
}

interface SecretDrawerProps {
  /** Null closes the drawer, and then nothing here holds the secret. */
  issued: IssuedSecret | null;
  /** Where the API is, such as "https://praxis.example.com". */
  origin: string;
  /** Looks for the token's first use; without it the drawer does not wait for one. */
  checkFirstUse?: CheckFirstUse;
  /** The owner must forget the secret. */
  onClose: () => void;
  finalFocus?: RefObject<HTMLElement | null>;
}

/** Shows a token's secret once, with what to do with it, and says when it is first used. */
export function SecretDrawer({ issued, origin, checkFirstUse, onClose, finalFocus }: SecretDrawerProps) {
  const text = useText();
  return (
    <ShowOnceDrawer
      value={issued?.secret ?? null}
      noun="secret"
      title={text("Store your secret")}
      description={text("For the token “{name}”.", { name: issued?.name ?? "" })}
      warning={text("Store it now, in a secret manager. It cannot be shown again; if it is lost, create a new token.")}
      {...(issued && {
        download: {
          label: text("Download .env"),
          name: `${fileName(issued.name)}.env`,
          text: `${envFile(origin, issued.secret)}\n`,
        },
      })}
      onClose={onClose}
      {...(finalFocus && { finalFocus })}
    >
      {issued !== null && (
        <>
          <section aria-label={text("How to use it")}>
            <Snippets snippets={secretSnippets(origin, issued.secret, text)} />
            <p className="mt-2 text-xs text-muted">
              <TextLink href="/docs#store" target="_blank">
                {text("Where to store it, and how to use it")}
              </TextLink>
            </p>
          </section>
          {checkFirstUse && <FirstUse tokenId={issued.tokenId} check={checkFirstUse} />}
        </>
      )}
    </ShowOnceDrawer>
  );
}

function Snippets({ snippets }: { snippets: readonly SecretSnippet[] }) {
  const text = useText();
  const [place, setPlace] = useState<SecretSnippet["value"]>("curl");
  return (
    <Tabs
      label={text("Where it is used")}
      value={place}
      onValueChange={setPlace}
      tabs={snippets.map(({ value, label, parts }) => ({
        value,
        label,
        panel: (
          <div className="grid gap-3">
            {parts.map((part) => (
              <div key={part.label}>
                <p className="mb-1.5 text-muted">{part.text}</p>
                <CodeBlock code={part.code} label={part.label} wrap />
              </div>
            ))}
          </div>
        ),
      }))}
    />
  );
}

function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return plain === "" ? "praxis" : plain;
}
