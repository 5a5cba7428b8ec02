import { originOf } from "@/lib/gates/origin";
import { problemOf, problemResponse } from "@/lib/gates/problem-response";
import { requireReady } from "@/lib/ready";

/** The database is reachable and migrated; otherwise 503. */
export async function GET(request: Request): Promise<Response> {
  const origin = originOf(request.headers, request.method, "/readyz");
  try {
    await requireReady();
    return Response.json({ status: "ready" }, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemResponse(problemOf(error, origin), origin);
  }
}
