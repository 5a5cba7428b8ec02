import { auditFilterOf } from "@/components/audit/audit-params";
import type { Origin, SessionPrincipal } from "@/lib/access/principal";
import type { ExportFormat } from "@/lib/audit/export";
import { type AuditGrant, exportAuditEvents } from "@/lib/audit/queries";
import { invalidRequest } from "@/lib/errors";
import { webResponse } from "@/lib/gates/message";
import { originOf } from "@/lib/gates/origin";
import { requireSession } from "@/lib/gates/page";
import { problemAnswer, problemOf } from "@/lib/gates/problem-answer";
import { replyAnswer } from "@/lib/gates/route";
import { auditState } from "./audit-state";

const formats: ReadonlyMap<string, ExportFormat> = new Map([
  ["csv", "text/csv"],
  ["ndjson", "application/x-ndjson"],
]);

interface DownloadParts {
  /** The settings page whose log it is; who is not signed in comes back there. */
  page: string;
  /** Asks for the right to see the log that the query names, and names its place. */
  open: (
    session: SessionPrincipal,
    query: URLSearchParams,
    origin: Origin,
  ) => Promise<{ grant: AuditGrant; names: readonly string[] }>;
}

/**
 * The part of an audit log that a settings page shows, all of it, as a file: the API's export for a browser, which
 * follows links without naming an organization in headers.
 */
export async function auditDownload(request: Request, { page, open }: DownloadParts): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const origin = originOf(request.headers, "GET", pathname);
  const back = new URLSearchParams(searchParams);
  back.delete("format");
  back.set("tab", "audit");
  const session = await requireSession(`${page}?${back}`);
  try {
    const format = searchParams.get("format") ?? "";
    const type = formats.get(format);
    if (type === undefined)
      throw invalidRequest([{ path: "format", message: `Use ${[...formats.keys()].join(" or ")}` }]);
    const { grant, names } = await open(session, searchParams, origin);
    const now = new Date();
    const filter = auditFilterOf(auditState(searchParams), now.getTime());
    return webResponse(
      replyAnswer(
        {
          status: 200,
          headers: { "content-disposition": `attachment; filename="${fileName(names, now)}.${format}"` },
          stream: { type, chunks: exportAuditEvents(grant, filter, type) },
        },
        origin,
      ),
    );
  } catch (error) {
    return webResponse(problemAnswer(problemOf(error, origin), origin));
  }
}

/** "audit-log-acme-east-20270221T093000Z" */
function fileName(names: readonly string[], now: Date): string {
  const words = names.map((name) =>
    name
      .normalize("NFKD")
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-"),
  );
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return ["audit-log", ...words, time].join("-").replaceAll(/-{2,}/g, "-");
}
