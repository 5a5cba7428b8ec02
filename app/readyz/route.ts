import { webResponse } from "@/lib/gates/message";
import { originOf } from "@/lib/gates/origin";
import { problemAnswer, problemOf } from "@/lib/gates/problem-answer";
import { requireReady } from "@/lib/ready";

/** The database is reachable and migrated; otherwise 503. */
export async function GET(request: Request): Promise<Response> {
  const origin = originOf(request.headers, request.method, "/readyz");
  try {
    await requireReady();
    return Response.json({ status: "ready" }, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return webResponse(problemAnswer(problemOf(error, origin), origin));
  }
}
