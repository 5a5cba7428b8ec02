"use client";

import { useState } from "react";
import { useText } from "#text";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import type { RevokedRow, RevokeRow } from "@/lib/tokens/schema";
import { BulkCsv } from "./bulk-csv-buttons";
import { BulkTokenList } from "./bulk-token-list";

/** What became of each token. */
export function BulkRevokeSummary({ rows, onClose }: { rows: readonly RevokeRow[]; onClose: () => void }) {
  const text = useText();
  const [now] = useState(() => new Date().toISOString());
  const revoked = rows.filter((row): row is RevokedRow => row.outcome === "revoked");
  const already = rows.filter((row): row is RevokedRow => row.outcome === "already_revoked");
  const gone = rows.length - revoked.length - already.length;
  return (
    <>
      <OverlayBody>
        <div className="grid gap-4">
          <Banner
            tone="success"
            title={text("Revoked {count, plural, one {# token} other {# tokens}}", { count: revoked.length })}
            announce
          >
            {already.length > 0 && (
              <p>
                {text(
                  "{count, plural, one {# other was} other {# others were}} revoked by someone else in the meantime.",
                  { count: already.length },
                )}
              </p>
            )}
            {gone > 0 && (
              <p>
                {text("{count, plural, one {# other was} other {# others were}} deleted in the meantime.", {
                  count: gone,
                })}
              </p>
            )}
          </Banner>
          <div className="grid gap-2">
            <div className="flex flex-wrap items-center justify-between gap-x-3">
              <p className="font-medium">{text("What became of each")}</p>
              <BulkCsv rows={rows} name="revoked-tokens" />
            </div>
            {revoked.length > 0 && <BulkTokenList label={text("Revoked tokens")} rows={revoked} now={now} />}
            {already.length > 0 && (
              <>
                <p className="font-medium">{text("Already revoked")}</p>
                <BulkTokenList label={text("Already revoked tokens")} rows={already} now={now} />
              </>
            )}
          </div>
        </div>
      </OverlayBody>
      <OverlayFooter>
        <Button variant="primary" onClick={onClose}>
          {text("Done")}
        </Button>
      </OverlayFooter>
    </>
  );
}
