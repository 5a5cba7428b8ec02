export const dynamic = "force-dynamic";

/** A route handler that does nothing: what Next alone costs. */
export function GET() {
  return Response.json({ ok: true });
}
