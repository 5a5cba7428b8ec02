"use client";

import { type RefObject, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Drawer } from "@/components/ui/drawer";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
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

/** Shows a secret once, and does not let go of it by accident. */
export function SecretDrawer({ issued, origin, onClose, finalFocus }: SecretDrawerProps) {
  const [stored, setStored] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const copyButton = useRef<HTMLButtonElement>(null);
  const stay = useRef<HTMLButtonElement>(null);
  const labelId = useId();
  const open = issued !== null;

  useEffect(() => {
    if (!open || stored) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [open, stored]);

  function leave() {
    setStored(false);
    setLeaving(false);
    onClose();
  }

  function requestClose() {
    if (stored) return leave();
    flushSync(() => setLeaving(true));
    stay.current?.focus();
  }

  return (
    <Drawer
      open={open}
      onCloseRequest={requestClose}
      title="Store your secret"
      description={issued === null ? undefined : <>For the token “{issued.name}”.</>}
      initialFocus={copyButton}
      {...(finalFocus && { finalFocus })}
    >
      {issued !== null && (
        <>
          <OverlayBody>
            <div className="grid gap-5">
              <Banner tone="warning" title="This secret is shown once">
                Store it now, in a secret manager. It cannot be shown again; if it is lost, create a new token.
              </Banner>
              <section aria-labelledby={labelId}>
                <h3 id={labelId} className="mb-1.5 text-sm font-medium">
                  Secret
                </h3>
                <div className="overflow-hidden rounded-lg border border-border-strong">
                  <code className="block bg-subtle px-3 py-3 font-mono text-base break-all select-all">
                    {issued.secret}
                  </code>
                  <div className="border-t bg-surface p-2">
                    <CopyButton text={issued.secret} label="Copy secret" variant="primary" block buttonRef={copyButton}>
                      Copy secret
                    </CopyButton>
                  </div>
                </div>
              </section>
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
            </div>
          </OverlayBody>
          <OverlayFooter>
            {leaving ? (
              <div role="alert" className="w-full">
                <p className="font-medium">Leave without storing it?</p>
                <p className="text-muted">It cannot be shown again.</p>
                <div className="mt-3 flex justify-end gap-2">
                  <Button variant="danger" onClick={leave}>
                    Leave anyway
                  </Button>
                  <Button ref={stay} onClick={() => setLeaving(false)}>
                    Keep it open
                  </Button>
                </div>
              </div>
            ) : (
              <>
                <Checkbox
                  label="I have stored this secret"
                  checked={stored}
                  onCheckedChange={setStored}
                  className="mr-auto py-1"
                />
                <Button
                  variant="primary"
                  onClick={leave}
                  disabledReason={stored ? undefined : "First confirm that you have stored the secret"}
                >
                  Done
                </Button>
              </>
            )}
          </OverlayFooter>
        </>
      )}
    </Drawer>
  );
}

function curlFor(origin: string, secret: string): string {
  return `curl ${origin}/identity/tokens/self \\\n  -H "Authorization: Bearer ${secret}"`;
}
