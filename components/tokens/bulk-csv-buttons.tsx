"use client";

import { Download } from "lucide-react";
import { useMemo } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { RevokeRow } from "@/lib/tokens/schema";
import { revocationCsv } from "./bulk-csv";

/** Takes rows of a revocation along: into the clipboard or a file, whose name gets the date. */
export function BulkCsv({ rows, name }: { rows: readonly RevokeRow[]; name: string }) {
  const text = useText();
  const csv = useMemo(() => revocationCsv(rows), [rows]);
  return (
    <div className="flex gap-1">
      <CopyButton text={csv} label={text("Copy as CSV")} size="sm">
        {text("Copy CSV")}
      </CopyButton>
      <Button
        variant="ghost"
        size="sm"
        onClick={() => download(csv, `${name}-${new Date().toISOString().slice(0, 10)}.csv`)}
      >
        <Download aria-hidden="true" />
        {text("Download")}
      </Button>
    </div>
  );
}

function download(csv: string, fileName: string) {
  // The mark tells spreadsheets that the text is UTF-8.
  const address = URL.createObjectURL(new Blob(["\uFEFF", csv], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
