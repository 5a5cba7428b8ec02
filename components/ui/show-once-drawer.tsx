"use client";

import { Download } from "lucide-react";
import { type ReactNode, type RefObject, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useText } from "#text";
import { Banner } from "./banner";
import { Button } from "./button";
import { Checkbox } from "./checkbox";
import { CopyButton } from "./copy-button";
import { Drawer } from "./drawer";
import { OverlayBody, OverlayFooter } from "./overlay-parts";
import { useLeaveGuard } from "./use-leave-guard";

interface ShowOnceDrawerProps {
  /** What is shown; null closes the drawer, and then nothing here holds it. */
  value: string | null;
  noun: "secret" | "password";
  title: string;
  description: ReactNode;
  /** What to do with it now, and what if it is lost. */
  warning: string;
  /** A file that can be stored instead. */
  download?: { label: string; name: string; text: string };
  /** The owner must forget the value. */
  onClose: () => void;
  finalFocus?: RefObject<HTMLElement | null>;
  /** More about it, below the value. */
  children?: ReactNode;
}

/** Shows a value once, and does not let go of it by accident. */
export function ShowOnceDrawer(props: ShowOnceDrawerProps) {
  const { value, noun, title, description, warning, download, onClose, finalFocus, children } = props;
  const text = useText();
  const [stored, setStored] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const copyButton = useRef<HTMLButtonElement>(null);
  const stay = useRef<HTMLButtonElement>(null);
  const labelId = useId();
  const open = value !== null;
  const copyLabel = text("Copy {noun, select, password {password} other {secret}}", { noun });

  useLeaveGuard({
    open,
    held: open && !stored,
    onAttempt: requestClose,
    // At once: after this event nothing runs any more, and what is in memory then may be kept.
    onHide: () => flushSync(leave),
  });

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
      title={title}
      description={open ? description : undefined}
      initialFocus={copyButton}
      {...(finalFocus && { finalFocus })}
    >
      {value !== null && (
        <>
          <OverlayBody>
            <div className="grid gap-5">
              <Banner
                tone="warning"
                title={text("This {noun, select, password {password} other {secret}} is shown once", { noun })}
              >
                {warning}
              </Banner>
              <section aria-labelledby={labelId}>
                <h3 id={labelId} className="mb-1.5 text-sm font-medium">
                  {text("{noun, select, password {Password} other {Secret}}", { noun })}
                </h3>
                <div className="overflow-hidden rounded-lg border border-border-strong">
                  <code className="block bg-subtle px-3 py-3 font-mono text-base break-all select-all">{value}</code>
                  <div className="flex flex-wrap gap-2 border-t bg-surface p-2 *:min-w-36 *:flex-1">
                    <CopyButton text={value} label={copyLabel} variant="primary" block buttonRef={copyButton}>
                      {copyLabel}
                    </CopyButton>
                    {download && (
                      <Button onClick={() => save(download)}>
                        <Download aria-hidden="true" />
                        {download.label}
                      </Button>
                    )}
                  </div>
                </div>
              </section>
              {children}
            </div>
          </OverlayBody>
          <OverlayFooter>
            {leaving ? (
              <div role="alert" className="w-full">
                <p className="font-medium">{text("Leave without storing it?")}</p>
                <p className="text-muted">{text("It cannot be shown again.")}</p>
                <div className="mt-3 flex justify-end gap-2">
                  <Button variant="danger" onClick={leave}>
                    {text("Leave anyway")}
                  </Button>
                  <Button ref={stay} onClick={() => setLeaving(false)}>
                    {text("Keep it open")}
                  </Button>
                </div>
              </div>
            ) : (
              <>
                <Checkbox
                  label={text("I have stored this {noun, select, password {password} other {secret}}", { noun })}
                  checked={stored}
                  onCheckedChange={setStored}
                  className="mr-auto py-1"
                />
                <Button
                  variant="primary"
                  onClick={leave}
                  disabledReason={
                    stored
                      ? undefined
                      : text(
                          "First confirm that you have stored the {noun, select, password {password} other {secret}}",
                          {
                            noun,
                          },
                        )
                  }
                >
                  {text("Done")}
                </Button>
              </>
            )}
          </OverlayFooter>
        </>
      )}
    </Drawer>
  );
}

function save({ name, text }: { name: string; text: string }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
