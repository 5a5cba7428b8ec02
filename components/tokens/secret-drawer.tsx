"use client";

import type { RefObject } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { ShowOnceDrawer } from "@/components/ui/show-once-drawer";
import { TextLink } from "@/components/ui/text-link";

interface SecretDrawerProps {
  /** The new token's name and secret; null closes the drawer, and then nothing here holds the secret. */
  issued: { name: string; secret: string } | null;
  /** Where the API is, such as "https://praxis.example.com". */
  origin: string;
  /** The owner must forget the secret. */
  onClose: () => void;
  finalFocus?: RefObject<HTMLElement | null>;
}

/** Shows a token's secret once, with a command to try it. */
export function SecretDrawer({ issued, origin, onClose, finalFocus }: SecretDrawerProps) {
  return (
    <ShowOnceDrawer
      value={issued?.secret ?? null}
      noun="secret"
      title="Store your secret"
      description={<>For the token “{issued?.name}”.</>}
      warning="Store it now, in a secret manager. It cannot be shown again; if it is lost, create a new token."
      onClose={onClose}
      {...(finalFocus && { finalFocus })}
    >
      {issued !== null && (
        <div>
          <h3 className="mb-1.5 text-sm font-medium">Try it</h3>
          <CodeBlock code={curlFor(origin, issued.secret)} label="curl command" wrap />
          <p className="mt-1.5 text-xs text-muted">
            Answers with the token's own name, scopes and expiry.{" "}
            <TextLink href="/docs#store" target="_blank">
              Where to store it, and how to use it
            </TextLink>
          </p>
        </div>
      )}
    </ShowOnceDrawer>
  );
}

function curlFor(origin: string, secret: string): string {
  return `curl ${origin}/identity/tokens/self \\\n  -H "Authorization: Bearer ${secret}"`;
}
